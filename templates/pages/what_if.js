"use strict";
// Evaluates the trees of the report that stand beside it as data, after what a reader changes; it fetches and sends nothing.
(() => {
  const find = (name) => document.getElementById("what-if-" + name);
  const section = document.getElementById("what-if");
  const data = JSON.parse(find("data").textContent);
  const inputs = data.controls.map((_, index) => find(index));
  const words = data.words;

  const OPERATIONS = new Map([
    ["+", (a, b) => a + b],
    ["-", (a, b) => (b === undefined ? -a : a - b)],
    ["*", (a, b) => a * b],
    ["/", (a, b) => a / b],
    ["**", (a, b) => a ** b],
    ["<", (a, b) => a < b],
    ["<=", (a, b) => a <= b],
    [">", (a, b) => a > b],
    [">=", (a, b) => a >= b],
    ["==", (a, b) => a === b],
    ["!=", (a, b) => a !== b],
    ["where", (test, a, b) => (test ? a : b)],
    ["min", Math.min],
    ["max", Math.max],
    ["ceil", Math.ceil],
    ["nan", () => NaN],
    ["inf", () => Infinity],
  ]);

  function valueOf(tree, names) {
    if (typeof tree === "number") return tree;
    if (typeof tree === "string") return names.get(tree);
    return OPERATIONS.get(tree[0])(...tree.slice(1).map((operand) => valueOf(operand, names)));
  }

  function nodeValue(node, values) {
    const times = (index) => (node.times ? node.times[index] : 1);
    const parts = (node.sum || node.inputs).map((at, index) => values[at] * times(index));
    if (node.sum) return parts.reduce((whole, part) => whole + part, 0);
    const formula = data.formulas[node.formula];
    return valueOf(formula.expression, new Map(formula.arguments.map((name, index) => [name, parts[index]])));
  }

  // What is chosen, by the index of the control: a number or a zone; what is as described, or no number within its bounds, is not.
  function chosen() {
    const found = new Map();
    data.controls.forEach((control, index) => {
      const input = inputs[index];
      if (control.choices) {
        if (input.value) found.set(index, input.value);
      } else if (input.value !== "" && input.checkValidity() && Number(input.value) !== numberOf(input.defaultValue)) {
        const number = Number(input.value);
        found.set(index, control.percent ? Number((number / 100).toPrecision(15)) : number);
      }
    });
    return found;
  }

  const numberOf = (text) => (text === "" ? NaN : Number(text));

  function figuresAfter(changes) {
    const moved = new Map();
    changes.forEach((value, index) => {
      const control = data.controls[index];
      control.leaves.forEach((leaf, place) => {
        moved.set(leaf, control.choices ? control.choices[value][place] : value * control.times[place]);
      });
    });
    const values = [];
    data.nodes.forEach((node, index) => {
      values.push(moved.has(index) ? moved.get(index) : "value" in node ? node.value : nodeValue(node, values));
    });
    const references = data.references.map((one) => ({ net: values[one.net], share: values[one.share] }));
    const least = references.reduce((first, one) => (one.net < first.net ? one : first), references[0]);
    return { footprint: values[data.footprint], ...least };
  }

  const digits = (value, options) => value.toLocaleString(data.locale, options).replace("-", "−");

  function amount(value) {
    if (!Number.isFinite(value)) return "–";
    const fitting = data.units.filter(([scale]) => Math.abs(value) * scale >= 1);
    const [scale, unit] = fitting.length ? fitting[fitting.length - 1] : value ? data.units[0] : [1, described(1)];
    const three = { minimumSignificantDigits: 3, maximumSignificantDigits: 3 };
    return (value ? digits(value * scale, three) : "0") + "\u00a0" + unit;
  }

  const described = (wanted) => data.units.find(([scale]) => scale === wanted)[1];

  function written(name, value) {
    if (name === "footprint") return words.footprint.replace("{amount}", amount(value));
    if (name === "net") return amount(value);
    if (!(value <= 1)) return words.no_share;
    return words.percent.replace("{number}", digits(100 * value, { maximumFractionDigits: 0 }));
  }

  function show(figures) {
    Object.entries(figures).forEach(([name, value]) => {
      const shown = find(name).querySelector("data");
      const text = written(name, value);
      shown.value = String(value);
      if (shown.textContent !== text) shown.textContent = text;
    });
  }

  // The changes as a scenario. Maps keep what is called like something that every object has.
  function patchOf(changes) {
    const patch = new Map();
    changes.forEach((value, index) => {
      data.controls[index].patch.forEach((each) => {
        let node = patch;
        each.at.slice(0, -1).forEach((key) => {
          if (!node.has(key)) node.set(key, new Map());
          node = node.get(key);
        });
        node.set(each.at[each.at.length - 1], entry(each, value));
      });
    });
    return patch;
  }

  function entry(each, value) {
    if ("is" in each) return each.is;
    if (each.times) return each.times.map((one) => one * value);
    return each.unit ? value + " " + each.unit : value;
  }

  const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
  const UNSEEN = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
  const AMOUNT = /^[0-9.e+-]+ [a-z][a-z ]*(?:\/[a-z]+)*$/i;
  const plain = (text) => AMOUNT.test(text) || (/^[a-z][a-z0-9_-]*$/i.test(text) && !RESERVED.test(text));
  const escaped = (sign) => "\\u" + sign.charCodeAt(0).toString(16).padStart(4, "0");

  function scalar(value) {
    if (Array.isArray(value)) return "[" + value.map(scalar).join(", ") + "]";
    if (typeof value !== "string") return String(value);
    return plain(value) ? value : JSON.stringify(value).replace(UNSEEN, escaped);
  }

  function lines(node, indent) {
    return [...node].flatMap(([key, value]) =>
      value instanceof Map
        ? [indent + scalar(key) + ":", ...lines(value, indent + "  ")]
        : [indent + scalar(key) + ": " + scalar(value)]
    );
  }

  function scenario(changes) {
    if (!changes.size) return "# " + words.unchanged + "\n";
    const whole = new Map([["scenarios", new Map([[data.scenario, patchOf(changes)]])]]);
    return ["# " + words.comment, ...lines(whole, "")].join("\n") + "\n";
  }

  // The state stands behind `#what-if` in the address: `&name=value` for each change.
  function fragment(changes) {
    const parts = [...changes].map(
      ([index, value]) => "&" + encodeURIComponent(data.controls[index].name) + "=" + encodeURIComponent(value)
    );
    return "#what-if" + parts.join("");
  }

  function restore() {
    const [anchor, ...parts] = location.hash.split("&");
    if (anchor !== "#what-if" || !parts.length) return;
    reset();
    parts.forEach((part) => {
      const [name, value] = part.split("=").map(decoded);
      const index = data.controls.findIndex((control) => control.name === name);
      if (index < 0 || value === undefined) return;
      const { choices, percent } = data.controls[index];
      if (choices && !Object.hasOwn(choices, value)) return;
      inputs[index].value = percent ? Number((100 * value).toPrecision(15)) : value;
    });
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return undefined;
    }
  }

  function reset() {
    inputs.forEach((input) => {
      input.value = input.tagName === "SELECT" ? "" : input.defaultValue;
    });
  }

  const say = (text) => {
    find("said").textContent = text;
  };

  function refresh() {
    const changes = chosen();
    show(figuresAfter(changes));
    const wrong = inputs.filter((input) => !input.checkValidity());
    inputs.forEach((input) => (wrong.includes(input) ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid")));
    say(wrong.map((input) => outside(input)).join(" "));
    find("yaml").value = scenario(changes);
    find("link").href = fragment(changes);
    return changes;
  }

  const outside = (input) =>
    words.outside
      .replace("{label}", input.labels[0].textContent)
      .replace("{low}", digits(Number(input.min)))
      .replace("{high}", digits(Number(input.max)));

  function changed() {
    const changes = refresh();
    try {
      history.replaceState(null, "", fragment(changes));
    } catch {
      location.hash = fragment(changes); // where a browser keeps a file's address from being replaced
    }
  }

  inputs.forEach((input) => input.addEventListener("input", changed));
  find("reset").addEventListener("click", () => {
    reset();
    changed();
    say(words.unchanged);
  });
  find("show").addEventListener("click", () => {
    const hidden = !find("scenario").hidden;
    find("scenario").hidden = hidden;
    find("show").setAttribute("aria-expanded", String(!hidden));
  });
  find("link").addEventListener("click", () => {
    if (!navigator.clipboard) return; // the address bar has it
    navigator.clipboard.writeText(find("link").href).then(
      () => say(words.copied),
      () => {}
    );
  });
  window.addEventListener("hashchange", () => {
    restore();
    refresh();
  });

  // A table takes the keyboard focus only where it scrolls: without a script, all of them do.
  function focusable() {
    document.querySelectorAll("table").forEach((table) => {
      if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
      else table.removeAttribute("tabindex");
    });
  }
  document.addEventListener("DOMContentLoaded", focusable);
  document.addEventListener("toggle", focusable, true);
  window.addEventListener("resize", focusable);

  section.hidden = false;
  find("contents").hidden = false;
  restore();
  refresh();
  if (location.hash.startsWith("#what-if")) section.scrollIntoView();
})();
