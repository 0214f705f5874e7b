// A button with a menu under it, as ARIA's menu button: arrows move, Escape closes and goes back to the button.
import { el, icon } from "./dom.js";

let count = 0;
let close = () => {};

export function menuButton(label, items) {
  const id = `actions-${++count}`;
  const button = el("button", { type: "button", class: "more-of", "aria-haspopup": "menu", "aria-expanded": "false", "data-tool": "menu", title: label, "aria-label": label }, icon("dots"));
  const host = el("div", { class: "menu-host" }, button);
  let shown = null;
  const shut = (back) => {
    const gone = shown;
    // Taking away what has the focus asks for this again.
    shown = null;
    gone?.remove();
    button.setAttribute("aria-expanded", "false");
    button.removeAttribute("aria-controls");
    if (back) button.focus();
  };
  function open() {
    close();
    const rows = items().map(({ sign, words, act }) => el("button", {
      type: "button", role: "menuitem", tabindex: "-1", onclick: () => { shut(true); act(); },
    }, icon(sign), words));
    const menu = el("div", { id, role: "menu", "aria-label": label }, ...rows);
    menu.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) rows[(rows.indexOf(document.activeElement) + step + rows.length) % rows.length].focus();
      else if (event.key === "Home") rows[0].focus();
      else if (event.key === "End") rows.at(-1).focus();
      else if (event.key === "Escape") shut(true);
      else if (event.key === "Tab") return shut(true);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    host.append(shown = menu);
    button.setAttribute("aria-expanded", "true");
    button.setAttribute("aria-controls", id);
    const list = host.closest("#messages, #replies")?.getBoundingClientRect();
    menu.classList.toggle("up", Boolean(list) && menu.getBoundingClientRect().bottom > list.bottom);
    rows[0]?.focus();
    close = () => shut(false);
  }
  button.addEventListener("click", () => (button.getAttribute("aria-expanded") === "true" ? shut(true) : open()));
  host.addEventListener("focusout", (event) => { if (!host.contains(event.relatedTarget)) shut(false); });
  return host;
}
