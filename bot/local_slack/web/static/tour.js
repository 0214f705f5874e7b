// The tour's caption: what is being done, and how to go on or leave.
import { el } from "./dom.js";
import { words } from "./mrkdwn.js";
import { act, seen } from "./state.js";
import { tab } from "./tab.js";

let shown = "";
let before = null;

export const tour = (what) => act("tour", { what, tab });

// `follow(step)` goes where the step happens; `leave` is where one is once the tour is over, if not where one was before it.
// `focused` says whether the caption had the focus before what is new was drawn: it keeps it, whatever opens or closes.
export function drawTour(box, follow, leave, focused) {
  const step = seen.tour;
  box.hidden = !step;
  if (!step) {
    // Hidden, it has lost the focus.
    if (shown && (focused || document.activeElement === document.body)) goBack(leave);
    shown = "";
    before = null;
    return;
  }
  placeTour(box);
  if (shown === step.id) {
    if (focused && !box.contains(document.activeElement)) box.querySelector("button").focus();
    return;
  }
  if (!shown) before = document.activeElement;
  shown = step.id;
  const first = step.number === 1;
  const last = step.number === step.of;
  const button = (label, what, primary) => el("button", { type: "button", class: `button ${primary ? "primary" : ""}`, onclick: () => tour(what) }, label);
  box.replaceChildren(
    el("p", { role: "status" }, el("b", {}, `Tour, ${step.number} of ${step.of}. `), words(step.words)),
    el("div", { class: "tour-actions" }, last ? button("Done", "stop", true) : button(first ? "Start" : "Next", "next", true),
      last ? null : button(first ? "Skip the tour" : "End the tour", "stop")));
  follow(step);
  if (focused) box.querySelector("button").focus();
}

// Where one was before, unless that is gone; under an open form nothing takes the focus but the form.
function goBack(leave) {
  const modal = document.getElementById("modal");
  if (modal.open) modal.querySelector(".modal-body").focus();
  else if (before !== document.body && before.checkVisibility()) before.focus();
  else leave.focus();
}

// Its buttons are needed wherever the tour leads: the form that it opens makes everything outside it inert, and on a phone a pane
// at the side covers everything under it. What the reader opens, an answer on Home or a form, is not what it speaks of: there it stays
// behind, and is there again once that is closed.
export function placeTour(box) {
  if (!seen.tour) return;
  const modal = document.getElementById("modal");
  const covering = ["drawer", "thread"].map((id) => document.getElementById(id)).find((pane) => !pane.hidden && getComputedStyle(pane).position === "fixed");
  const host = modal.open && seen.tour.form ? modal : covering ?? document.getElementById("main");
  if (box.parentNode === host) return;
  const focused = box.contains(document.activeElement) && document.activeElement;
  host.prepend(box);
  if (focused) focused.focus();
}
