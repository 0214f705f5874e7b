// What opens over the page: the menu of an overflow button, and the question before a deed that asks for one.
import { el, icon } from "./dom.js";

// A button that opens a list of things to do: arrows move, Enter does, Escape and a click elsewhere close.
export function menuButton(label, entries, run) {
  const button = el("button", { type: "button", class: "button overflow", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": label }, icon("more"));
  const list = el("div", { class: "menu", role: "menu", "aria-label": label, hidden: true }, ...entries.map((entry) =>
    el("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => { close(true); run(entry); } },
      entry.label, entry.about && el("span", { class: "quiet" }, entry.about))));
  const node = el("span", { class: "menu-host" }, button, list);
  const open = (index) => {
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
    list.children[index]?.focus();
  };
  function close(back) {
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (back) button.focus();
  }
  button.addEventListener("click", () => (list.hidden ? open(0) : close(true)));
  node.addEventListener("focusout", (event) => { if (!node.contains(event.relatedTarget)) close(false); });
  node.addEventListener("keydown", (event) => {
    const at = [...list.children].indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Escape" && !list.hidden) close(true);
    else if (to !== undefined) {
      if (list.hidden) open(0);
      else list.children[(to + list.children.length) % list.children.length].focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return node;
}

// Resolves to whether the person agreed. `asked` is Slack's confirmation object.
export function agreed(asked) {
  if (!asked) return Promise.resolve(true);
  return new Promise((resolve) => {
    const dialog = el("dialog", { class: "ask", "aria-labelledby": "ask-title" });
    const end = (answer) => { dialog.close(); dialog.remove(); resolve(answer); };
    dialog.append(
      el("h2", { id: "ask-title" }, asked.title.text), el("p", {}, asked.text.text),
      el("footer", {}, el("button", { type: "button", class: "button", onclick: () => end(false) }, asked.deny?.text ?? "Cancel"),
        el("button", { type: "button", class: `button ${asked.style === "danger" ? "danger" : "primary"}`, onclick: () => end(true) }, asked.confirm?.text ?? "Yes")));
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); end(false); });
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector("footer button:last-child").focus();
  });
}
