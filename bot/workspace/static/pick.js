// Menus with search: multi_static_select, conversations_select and channels_select, as people use them in Slack.
import { el } from "./dom.js";
import { emoji, unescape } from "./mrkdwn.js";

const words = (option) => emoji(unescape(option.text.text));
const groupsOf = (e) => [...(e.options ? [{ label: null, options: e.options }] : []), ...(e.option_groups ?? [])];

// Several options out of many: what is chosen as chips, a field to search in, and the list under it.
export function pickMany(e, block, at) {
  const chosen = new Map((e.initial_options ?? []).map((o) => [o.value, words(o)]));
  const chips = el("div", { class: "chips" });
  const search = el("input", { type: "search", "aria-label": "Search", placeholder: e.placeholder?.text ?? "Search…", autocomplete: "off" });
  const list = el("div", { class: "pick-list", role: "group" });
  const rows = [];
  for (const group of groupsOf(e)) {
    const title = group.label && el("p", { class: "pick-group" }, emoji(unescape(group.label.text)));
    if (title) list.append(title);
    for (const option of group.options) rows.push(row(option, title));
  }
  const node = el("div", { class: "pick" }, chips, search, list);

  function row(option, title) {
    const box = el("input", { type: "checkbox", value: option.value });
    const label = el("label", {}, box, " ", words(option));
    box.addEventListener("change", () => {
      if (box.checked) chosen.set(option.value, words(option));
      else chosen.delete(option.value);
      show();
      if (!at.input) at.press(block, e, [...chosen.keys()], node);
    });
    list.append(label);
    return { box, label, title, text: words(option).toLowerCase() };
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
    chips.replaceChildren(...[...chosen].map(([value, name]) =>
      el("button", { type: "button", class: "chip", "aria-label": `Remove ${name}`, onclick: () => { chosen.delete(value); show(); } }, `${name} ×`)));
  }
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  show();
  node.heldRestore = (values) => {
    chosen.clear();
    for (const r of rows) if (values.includes(r.box.value)) chosen.set(r.box.value, r.label.textContent.trim());
    show();
  };
  return { node, value: () => [...chosen.keys()] };
}

// One conversation of those the person is in.
export function pickChannel(e, block, at) {
  const kinds = { public: "public", private: "private", im: "im" };
  const include = e.type === "channels_select" ? ["public"] : (e.filter?.include ?? Object.keys(kinds));
  const shown = [...at.people.channels.values()].filter((c) => include.includes(c.kind));
  const initial = e.initial_conversation ?? e.initial_channel ?? "";
  const node = el("select", { "aria-label": e.placeholder?.text },
    el("option", { value: "" }, e.placeholder?.text ?? "Choose…"),
    ...shown.map((c) => el("option", { value: c.id, selected: c.id === initial }, c.kind === "im" ? c.name : `#${c.name}`)));
  if (!at.input) node.addEventListener("change", () => node.value && at.press(block, e, node.value, node));
  return { node, value: () => node.value || null };
}
