// Modals and the Home tab.
import { blocks } from "./blocks.js";
import { el, icon } from "./dom.js";
import { keepFocus, same } from "./focus.js";
import { text } from "./mrkdwn.js";
import { act, byBlock, presser, restore, seen, values } from "./state.js";

export function drawHome(box) {
  const home = seen.home;
  const hash = home ? `${seen.me}/${home.hash}` : "none";
  if (box.dataset.hash === hash) return;
  const kept = box.dataset.hash?.startsWith(`${seen.me}/`) ? byBlock(box) : {};
  box.dataset.hash = hash;
  const press = presser("click_home", () => ({ typed: values(box) }));
  const at = { people: seen, press, pictures: home?.pictures, ask: askOnHome };
  keepFocus(box, () => {
    box.replaceChildren(home ? blocks(home.blocks, at) : el("p", { class: "quiet" }, "The app has not published a Home tab yet."));
    restore(box, kept);
  });
}

// A part of a picture asks in the box of Home, over which the answer comes.
function askOnHome(asked) {
  const box = document.getElementById("home");
  const asking = seen.home?.blocks.find((block) => block.dispatch_action);
  const node = asking && box.querySelector(`[data-action="${CSS.escape(asking.element.action_id)}"]`);
  if (node) presser("click_home", () => ({ typed: values(box) }))(asking, asking.element, asked, node);
}

// What was filled in, in views that others lie over, by their ids.
const beneath = new Map();

export function drawModal(dialog, modal) {
  if (!modal) {
    seen.modal = null;
    beneath.clear();
    if (dialog.open) {
      dialog.close();
      focusOpener(dialog);
    }
    return;
  }
  const state = `${modal.id}/${modal.version}`;
  if (seen.modal === state) return;
  // What was chosen stays when the bot refuses a submission or changes the form.
  const before = seen.modal?.slice(0, seen.modal.lastIndexOf("/"));
  const same = before === modal.id;
  // So does what was filled in below a view that was pushed over it.
  if (before && !same) beneath.set(before, values(dialog));
  const kept = same ? values(dialog) : beneath.get(modal.id) ?? {};
  const top = same ? dialog.querySelector(".modal-body")?.scrollTop ?? 0 : 0;
  const focused = same && dialog.contains(document.activeElement) && document.activeElement.closest("[data-action]")?.dataset.action;
  seen.modal = state;
  const at = { people: seen, pictures: modal.pictures, ask: askOnHome, errors: modal.errors, press: presser("click_modal", () => ({ typed: values(dialog) })) };
  const close = (label, sign) => el("button", { type: "button", class: "icon", "aria-label": label, onclick: () => act("close") }, icon(sign));
  const form = el("form", { method: "dialog", novalidate: true, onsubmit: (event) => { event.preventDefault(); act("submit", { typed: values(dialog) }); } },
    el("header", {}, modal.under ? close("Back", "back") : null, el("h2", { id: "modal-title" }, text(modal.title, at)), modal.under ? null : close("Close", "close")),
    modal.errors[""] && el("p", { class: "error", role: "alert" }, modal.errors[""]),
    el("div", { class: "modal-body", tabindex: "-1" }, blocks(modal.blocks, at)),
    el("footer", {}, el("button", { type: "button", class: "rest", hidden: true, onclick: () => scrollOn(dialog) }, "More below"), el("button", { type: "button", class: "button", onclick: () => act("close") }, modal.close ? text(modal.close, at) : modal.under ? "Back" : "Close"),
      modal.submit && el("button", { class: "button primary" }, text(modal.submit, at))));
  dialog.replaceChildren(form);
  restore(dialog, kept);
  if (!dialog.open) {
    opener = document.activeElement.closest("[data-action]");
    dialog.showModal();
  }
  const again = focused && dialog.querySelector(`[data-action="${CSS.escape(focused)}"]`);
  const field = dialog.querySelector("[aria-invalid]") ?? (again ? again.control ?? again : null)
    ?? dialog.querySelector(".held input, input.held, select.held, textarea.held, .block button") ?? dialog.querySelector("footer .button:last-child");
  field?.focus();
  const body = dialog.querySelector(".modal-body");
  body.scrollTop = top;
  dialog.querySelector(".error")?.scrollIntoView({ block: "center" });
  const tell = () => { dialog.querySelector(".rest").hidden = body.scrollHeight - body.scrollTop - body.clientHeight <= 20; };
  body.addEventListener("scroll", tell);
  sizes?.disconnect();
  // A picture takes its room when it is there.
  sizes = new ResizeObserver(tell);
  for (const node of [body, ...body.children]) sizes.observe(node);
}

let sizes = null;
let opener = null;

// What a modal was opened from may have been drawn anew under it.
function focusOpener(dialog) {
  const now = document.activeElement;
  // What had the focus in the modal has it until all is laid out anew.
  if (opener && (now === document.body || dialog.contains(now))) same(document, opener.dataset)?.focus();
}

function scrollOn(dialog) {
  const body = dialog.querySelector(".modal-body");
  body.scrollTop += body.clientHeight - 40;
  body.focus({ preventScroll: true });
}
