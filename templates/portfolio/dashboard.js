"use strict";
// Sorts and filters the rows of the page, which is whole without it; it fetches and sends nothing.
(() => {
  const find = (name) => document.getElementById(name);
  const words = JSON.parse(find("words").textContent);
  const table = find("dossiers");
  const filters = find("filters");
  const text = find("filter-text");
  const selects = [...filters.querySelectorAll("select")];
  const compareNames = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" }).compare;
  const plain = (said) => said.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const rows = [...table.tBodies].map((body, place) => ({
    body,
    place,
    name: (body.querySelector(".name") || body).textContent,
    completeness: Number(body.dataset.c),
    doubts: Number(body.dataset.d),
    kinds: new Set(body.dataset.k.split(" ")),
    said: plain(body.rows[0].cells[0].textContent + " " + body.rows[0].cells[1].textContent),
  }));

  const COMPARE = {
    number: (a, b) => a.place - b.place,
    name: (a, b) => compareNames(a.name, b.name),
    completeness: (a, b) => a.completeness - b.completeness,
    doubts: (a, b) => a.doubts - b.doubts,
  };
  const heads = [...table.querySelectorAll("th[data-sort]")];
  let sorted = { column: "number", falls: false };

  function sort(column) {
    sorted = { column, falls: sorted.column === column && !sorted.falls };
    const way = sorted.falls ? -1 : 1;
    const ordered = [...rows].sort((a, b) => way * COMPARE[column](a, b) || a.place - b.place);
    const fragment = document.createDocumentFragment();
    ordered.forEach((row) => fragment.append(row.body));
    table.append(fragment);
    mark();
    tell();
  }

  function mark() {
    heads.forEach((head) => {
      const is = head.dataset.sort === sorted.column;
      head.setAttribute("aria-sort", is ? (sorted.falls ? "descending" : "ascending") : "none");
    });
  }

  function filter() {
    const asked = plain(text.value.trim()).split(/\s+/);
    const kinds = selects.map((select) => select.value).filter((kind) => kind);
    rows.forEach((row) => {
      row.body.hidden = !(asked.every((word) => row.said.includes(word)) && kinds.every((kind) => row.kinds.has(kind)));
    });
    tell();
  }

  const digits = (number) => number.toLocaleString(words.locale);

  function tell() {
    const shown = rows.filter((row) => !row.body.hidden).length;
    const head = heads.find((one) => one.dataset.sort === sorted.column);
    const way = words[sorted.falls ? "descending" : "ascending"];
    const said = words.shown
      .replace("{shown}", digits(shown))
      .replace("{of}", digits(rows.length))
      .replace("{column}", head.textContent)
      .replace("{way}", way);
    find("shown").textContent = shown || !rows.length ? said : words.none;
  }

  // A link to a dossier that is not shown shows all of them; the dossier opens.
  function arrive(name) {
    const row = rows.find((one) => one.body.id === name);
    if (!row) return;
    if (row.body.hidden) {
      filters.reset();
      filter();
    }
    const details = row.body.querySelector("details");
    if (details) details.open = true;
    row.body.scrollIntoView();
  }

  heads.forEach((head) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(head.dataset.sort));
    head.replaceChildren(button);
  });
  filters.addEventListener("input", filter);
  filters.addEventListener("reset", () => setTimeout(filter));
  filters.addEventListener("submit", (event) => event.preventDefault());
  table.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) setTimeout(() => arrive(link.hash.slice(1)));
  });
  filters.hidden = false;
  mark();
  filter();
  arrive(location.hash.slice(1));
})();
