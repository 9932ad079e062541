// Puts what a person writes where the values of a template stand; what it means is judged by `lca check`, not here.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const { pieces, words } = JSON.parse(byId("data").textContent);
  const form = byId("form"), out = byId("yaml");
  // Of each card, by its id, the endings that tell its copies apart.
  const copies = {};
  let count = 0, isSaved = true;

  const RESERVED = /^(?:true|false|null|~|yes|no|on|off|[+-]?\.inf|\.nan)$/i;
  const plain = { text: /^\p{L}[\p{L}\p{N} ._%/²³()+-]*$/u, value: /^[\p{L}\p{N}.+-][\p{L}\p{N} .%/²³·^*()+€$-]*$/u };

  const scalar = (value, kind) => {
    const isPlain = plain[kind].test(value) && (kind === "value" || !RESERVED.test(value));
    return isPlain ? value : JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
  };
  const list = (value) => "[" + value.split("\n").map((one) => one.trim()).filter(Boolean).map((one) => scalar(one, "text")).join(", ") + "]";

  const isName = (value) => /^[a-z0-9][a-z0-9_-]{0,59}$/.test(value);
  const fits = (piece, value) => {
    if (piece.t === "name") return isName(value);
    if (!piece.c || value === "") return true;
    const pattern = `^(?:${piece.c})$`;
    try { return new RegExp(pattern, "u").test(value); } catch { return new RegExp(pattern).test(value); }
  };
  const told = (piece, input, value) => {
    const isRight = value === piece.v || fits(piece, value), said = byId(input.id + "-said");
    if (isRight) input.removeAttribute("aria-invalid"); else input.setAttribute("aria-invalid", "true");
    const sentence = isRight ? "" : words[piece.t === "name" || piece.t === "value" ? piece.t : "other"];
    const place = said || input.parentElement.querySelector(".said") || input.parentElement.appendChild(Object.assign(document.createElement("div"), { className: "said" }));
    if (place.textContent === sentence) return;
    place.textContent = "";
    if (sentence) place.appendChild(Object.assign(document.createElement("p"), { className: "message error", textContent: sentence }));
  };

  const field = (piece, ending) => {
    const input = byId(piece.f + ending), value = input.value.trim();
    told(piece, input, value);
    if (piece.t === "name") return isName(value) ? value : piece.v + ending.replace(/~/g, "-");
    if (value === "" || value === piece.v) return piece.k ? "" : piece.d;
    return (piece.k || "") + (piece.t === "list" ? list(value) : scalar(value, piece.t));
  };
  const entry = (piece, ending) => ["", ...(copies[piece.e + ending] || [])].map((more) => written(piece.p, ending + more)).join("\n" + piece.m);
  const written = (all, ending) => all.map((piece) => typeof piece === "string" ? piece : piece.e ? entry(piece, ending) : field(piece, ending)).join("");
  const update = () => { out.value = written(pieces, ""); };

  const sectionOf = (element) => element.closest(".cards").id.slice(2);
  const names = (section) => [...section.querySelectorAll(":scope > .card > .field > input[id$='-name'], :scope > .card > .field > input[id*='-name~']")];
  const offer = (section, name) => {
    const offered = byId("list-" + section);
    if (offered && ![...offered.options].some((one) => one.value === name)) offered.prepend(new Option("", name));
  };

  const call = (card, name) => {
    const said = card.querySelector("legend .entry"), button = card.querySelector(":scope > .actions button");
    button.setAttribute("aria-label", button.getAttribute("aria-label").replace(said.textContent, name));
    said.textContent = name;
  };

  const add = (section) => {
    const card = section.querySelector(":scope > .card"), made = card.cloneNode(true), more = "~" + ++count;
    for (const element of [made, ...made.querySelectorAll("*")]) {
      for (const name of ["id", "for", "aria-describedby", "aria-labelledby"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.split(" ").map((one) => one + more).join(" "));
      }
    }
    made.classList.add("copy");
    (copies[card.id] ||= []).push(more);
    const taken = new Set(names(section).map((input) => input.value));
    let name = "", number = 1;
    do name = `${names(section)[0].value}-${++number}`; while (taken.has(name));
    [...section.querySelectorAll(":scope > .card")].at(-1).after(made);
    const input = made.querySelector(":scope > .field > input");
    input.value = name;
    call(made, name);
    offer(section.id.slice(2), name);
    input.focus();
  };
  const remove = (card) => {
    const [id, more] = [card.id.slice(0, card.id.lastIndexOf("~")), card.id.slice(card.id.lastIndexOf("~"))];
    copies[id] = copies[id].filter((one) => one !== more);
    const section = card.closest(".cards");
    card.remove();
    section.querySelector("button[value^='add:']").focus();
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button"), action = button ? button.value.split(":")[0] : "";
    if (!button) return;
    event.preventDefault();
    if (action === "add") add(button.closest(".cards"));
    if (action === "remove") remove(button.closest(".card"));
    isSaved = false;
    update();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("focusin", (event) => { event.target.before = event.target.value; });
  form.addEventListener("input", () => { isSaved = false; update(); });
  form.addEventListener("change", (event) => {
    const input = event.target, card = input.closest(".card");
    if (!card || input !== card.querySelector(":scope > .field > input") || !isName(input.value)) return;
    const section = sectionOf(card);
    for (const one of form.querySelectorAll(`[list='list-${section}']`)) if (one.value === input.before) one.value = input.value;
    call(card, input.value);
    offer(section, input.value);
    input.before = input.value;
    update();
  });
  byId("download").addEventListener("click", () => {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([out.value], { type: "application/yaml" })), download: words.file });
    link.click();
    isSaved = true;
  });
  addEventListener("beforeunload", (event) => { if (!isSaved) event.preventDefault(); });
  update();
  document.body.classList.add("ready");
})();
