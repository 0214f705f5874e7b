// Several options out of many: what is chosen as chips, a field to search in, and the list under it.
import { el } from "./dom.js";
import { words } from "./mrkdwn.js";
import { sourceOf } from "./options.js";

export function pickMany(e, block, at) {
  const source = sourceOf(e, at);
  const chosen = new Map(source.initial.map((option) => [option.key, option]));
  const chips = el("div", { class: "chips" });
  const search = el("input", { type: "search", "aria-label": "Search", placeholder: e.placeholder?.text ?? "Search…", autocomplete: "off" });
  const list = el("div", { class: "pick-list", role: "group", "aria-label": e.placeholder?.text ?? "Options", tabindex: "0" });
  const node = el("div", { class: "pick", role: "group" }, chips, search, list);
  const rows = [];
  for (const group of source.groups) {
    const title = group.label ? el("p", { class: "pick-group" }, group.label) : null;
    if (title) list.append(title);
    for (const option of group.options) rows.push(row(option, title));
  }

  function row(option, title) {
    const box = el("input", { type: "checkbox", value: option.key });
    const label = el("label", {}, box, " ", words(option.label));
    box.addEventListener("change", () => change(option, box.checked));
    list.append(label);
    return { box, label, title, text: option.label.toLowerCase() };
  }
  function change(option, is) {
    if (is) chosen.set(option.key, option);
    else chosen.delete(option.key);
    show();
    if (!at.input) at.press(block, e, value(), node);
  }
  function show() {
    const wanted = search.value.trim().toLowerCase();
    const full = e.max_selected_items && chosen.size >= e.max_selected_items;
    const titles = new Set();
    for (const r of rows) {
      r.label.hidden = Boolean(wanted) && !r.text.includes(wanted);
      r.box.checked = chosen.has(r.box.value);
      r.box.disabled = Boolean(full) && !r.box.checked;
      if (r.title && !r.label.hidden) titles.add(r.title);
    }
    for (const r of rows) if (r.title) r.title.hidden = !titles.has(r.title);
    chips.replaceChildren(...[...chosen.values()].map((option) =>
      el("button", { type: "button", class: "chip", "aria-label": `Remove ${option.label}`, onclick: () => { change(option, false); search.focus(); } }, words(option.label), " ×")));
  }
  const value = () => [...chosen.values()].map((option) => option.value);
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  show();
  node.control = search;
  node.heldRestore = (values) => {
    chosen.clear();
    for (const found of values.map((v) => source.known(v)).filter(Boolean)) chosen.set(found.key, found);
    show();
  };
  return { node, value };
}
