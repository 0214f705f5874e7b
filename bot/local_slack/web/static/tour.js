// The tour's caption: what is being done, and how to go on or leave.
import { el } from "./dom.js";
import { words } from "./mrkdwn.js";
import { act, seen } from "./state.js";

let shown = "";

// `follow(step)` goes where the step happens.
export function drawTour(box, follow) {
  const step = seen.tour;
  box.hidden = !step;
  if (!step) {
    shown = "";
    return;
  }
  if (shown === step.id) return;
  const focused = box.contains(document.activeElement);
  shown = step.id;
  const first = step.number === 1;
  const last = step.number === step.of;
  const button = (label, what, primary) => el("button", { type: "button", class: `button ${primary ? "primary" : ""}`, onclick: () => act("tour", { what }) }, label);
  box.replaceChildren(
    el("p", { role: "status" }, el("b", {}, `Tour, ${step.number} of ${step.of}. `), words(step.words)),
    el("div", { class: "tour-actions" }, last ? button("Done", "stop", true) : button(first ? "Start" : "Next", "next", true),
      last ? null : button(first ? "Skip the tour" : "End the tour", "stop")));
  follow(step);
  if (focused) box.querySelector("button").focus();
}
