// Where a person types: completes commands after "/" and people after "@"; Enter sends.
import { el, icon } from "./dom.js";

let count = 0;

export function composer(host, { label, commands, people, send }) {
  const id = `menu-${++count}`;
  const box = el("textarea", {
    rows: 1, "aria-label": label, "aria-haspopup": "listbox", "aria-controls": id, "aria-autocomplete": "list",
    autocomplete: "off", spellcheck: "false",
  });
  const menu = el("ul", { id, role: "listbox", "aria-label": "Completions", hidden: true });
  const hint = el("p", { class: "usage", role: "status" });
  const button = el("button", { class: "send", type: "button", "aria-label": "Send" }, icon("send"));
  host.replaceChildren(menu, el("div", { class: "box" }, box, button), hint);
  let shown = [];
  let picked = 0;
  let returned = "";
  let composing = false;

  function offers() {
    const before = box.value.slice(0, box.selectionStart);
    const slash = before.match(/^\/\S*$/);
    if (slash) {
      return commands()
        .filter((c) => c.command.startsWith(slash[0].toLowerCase()))
        .map((c) => ({ put: c.command + " ", from: 0, name: c.command, usage: c.usage_hint, about: c.description }));
    }
    const at = before.match(/(?:^|\s)@([\w-]*)$/);
    if (!at) return [];
    return people()
      .filter((p) => `${p.name} ${p.handle}`.toLowerCase().includes(at[1].toLowerCase()))
      .map((p) => ({ put: `@${p.name} `, from: before.length - at[1].length - 1, name: p.name, usage: "", about: p.bot ? "app" : "" }));
  }

  function draw() {
    menu.hidden = !shown.length;
    menu.replaceChildren(...shown.map((offer, index) =>
      el("li", {
        id: `${id}-${index}`, role: "option", "aria-selected": String(index === picked),
        onmousedown: (event) => { event.preventDefault(); take(index); },
      }, el("b", {}, offer.name), offer.usage && el("code", {}, offer.usage), el("span", {}, offer.about ?? ""))));
    if (shown.length) {
      box.setAttribute("aria-activedescendant", `${id}-${picked}`);
      menu.children[picked].scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
    const first = box.value.split(/\s/)[0];
    const known = commands().find((c) => c.command === first.toLowerCase());
    hint.textContent = known && !shown.length ? `${known.command} ${known.usage_hint ?? ""} — ${known.description}` : "";
  }

  function look() {
    shown = offers();
    picked = 0;
    fit();
    draw();
  }

  function fit() {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
  }

  function take(index) {
    const offer = shown[index];
    const rest = box.value.slice(box.selectionStart);
    box.value = box.value.slice(0, offer.from) + offer.put + rest.trimStart();
    box.selectionStart = box.selectionEnd = offer.from + offer.put.length;
    look();
    box.focus();
  }

  function submit() {
    const said = box.value.trim();
    if (!said) return;
    box.value = returned = "";
    look();
    send(said);
  }

  // What did not arrive is there again, in the order in which it was said, before what was typed meanwhile.
  function giveBack(words) {
    // An input method loses what it holds where the text changes under it.
    if (composing) return box.addEventListener("compositionend", () => giveBack(words), { once: true });
    const before = box.value.startsWith(returned) ? returned : "";
    const typed = box.value.slice(before.length).replace(/^\n/, "");
    returned = [before, words].filter(Boolean).join("\n");
    const text = [returned, typed].filter(Boolean).join("\n");
    const moved = [box.selectionStart, box.selectionEnd].map((place) => place + text.length - box.value.length);
    box.value = text;
    box.setSelectionRange(...moved);
    fit();
  }

  box.addEventListener("input", look);
  box.addEventListener("click", look);
  box.addEventListener("compositionstart", () => { composing = true; });
  box.addEventListener("compositionend", () => { composing = false; });
  box.addEventListener("blur", () => { shown = []; draw(); });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // A Chinese input method uses Enter and the arrows itself.
    const exact = shown.length && shown[picked].put.trim() === box.value.trim();
    if (shown.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      picked = (picked + (event.key === "ArrowDown" ? 1 : shown.length - 1)) % shown.length;
      draw();
    } else if (shown.length && event.key === "Escape") {
      shown = [];
      draw();
      event.stopPropagation();
    } else if (shown.length && (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !exact))) take(picked);
    else if (event.key === "Enter" && !event.shiftKey) submit();
    else return;
    event.preventDefault();
  });
  button.addEventListener("click", submit);
  const put = (words) => {
    box.value = words;
    box.focus();
    look();
  };
  // What was typed before the commands were known is completed once they are.
  const renew = () => { if (document.activeElement === box && !shown.length) look(); };
  return { put, renew, giveBack, focus: () => box.focus(), label: (words) => { box.setAttribute("aria-label", words); box.placeholder = words; } };
}
