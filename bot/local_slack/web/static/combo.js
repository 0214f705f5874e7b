// One option out of many, found by typing: a text field with a list under it, as ARIA's combobox.
import { el } from "./dom.js";
import { words } from "./mrkdwn.js";
import { sourceOf } from "./options.js";

let count = 0;
const NOTHING = "Nothing matches";

export function pickOne(e, block, at) {
  const id = `combo-${++count}`;
  const source = sourceOf(e, at);
  const box = el("input", {
    type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", autocomplete: "off",
    spellcheck: "false", placeholder: e.placeholder?.text ?? "Search…", "aria-label": at.input ? null : e.placeholder?.text ?? "Search",
  });
  const list = el("div", { id, role: "listbox", class: "combo-list", hidden: true, "aria-label": "Options" });
  const said = el("span", { class: "unseen", role: "status" });
  const node = el("div", { class: "combo" }, box, list, said);
  let chosen = source.initial[0] ?? null;
  let shown = [];
  let picked = 0;
  box.value = chosen?.label ?? "";

  function look(typed) {
    const wanted = typed.trim().toLowerCase();
    const groups = source.groups.map((group) => ({ ...group, options: group.options.filter((o) => o.label.toLowerCase().includes(wanted)) }))
      .filter((group) => group.options.length);
    shown = [];
    list.replaceChildren(...groups.flatMap((group) => [
      group.label && el("div", { class: "pick-group", role: "presentation" }, group.label),
      ...group.options.map((option) => {
        const index = shown.push(option) - 1;
        return el("div", {
          id: `${id}-${index}`, role: "option", "aria-selected": "false",
          onmousedown: (event) => { event.preventDefault(); take(index); },
        }, words(option.label), option.about && el("span", { class: "quiet" }, option.about));
      }),
    ].filter(Boolean)));
    if (!shown.length) list.replaceChildren(el("div", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, NOTHING));
    said.textContent = shown.length ? `${shown.length} options` : NOTHING;
    picked = Math.max(0, shown.findIndex((option) => option.key === chosen?.key));
    open(true);
    mark();
  }
  function open(is) {
    list.hidden = !is;
    box.setAttribute("aria-expanded", String(is));
    if (!is) box.removeAttribute("aria-activedescendant");
  }
  function mark() {
    for (const [index, option] of shown.entries()) {
      const row = document.getElementById(`${id}-${index}`);
      row?.setAttribute("aria-selected", String(index === picked));
      if (index !== picked || !row) continue;
      box.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    }
  }
  function take(index) {
    chosen = shown[index];
    box.value = chosen.label;
    open(false);
    if (!at.input) at.press(block, e, chosen.value, node);
  }
  box.addEventListener("input", () => look(box.value));
  box.addEventListener("focus", () => box.select());
  box.addEventListener("click", () => { if (list.hidden) look(""); });
  box.addEventListener("blur", () => {
    open(false);
    if (!box.value.trim()) chosen = null;
    else box.value = chosen?.label ?? "";
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && list.hidden) look(box.value === chosen?.label ? "" : box.value);
    else if (step && shown.length) {
      picked = (picked + step + shown.length) % shown.length;
      mark();
    } else if (event.key === "Enter") {
      if (!list.hidden && shown.length) take(picked);
    } else if (event.key === "Escape" && !list.hidden) {
      open(false);
      event.stopPropagation();
    } else return;
    event.preventDefault();
  });
  node.control = box;
  node.heldRestore = (value) => {
    const found = source.known(value);
    if (!found && value.length) return;
    chosen = found ?? null;
    box.value = found?.label ?? "";
  };
  return { node, value: () => chosen?.value ?? null };
}
