// The tour's caption: what is being done, and how to hurry, stop for a while, or end it.
import { el } from "./dom.js";
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
  if (shown === `${step.id}/${step.paused}`) return;
  const anew = !shown.startsWith(`${step.id}/`);
  shown = `${step.id}/${step.paused}`;
  const last = step.number === step.of;
  box.replaceChildren(
    el("p", { role: "status" }, el("b", {}, `Tour, ${step.number} of ${step.of}. `), step.words),
    el("div", { class: "tour-actions" },
      last ? null : el("button", { type: "button", class: "button primary", onclick: () => act("tour", { what: "next" }) }, "Next"),
      step.paused || last ? null : el("button", { type: "button", class: "button", onclick: () => act("tour", { what: "pause" }) }, "Pause"),
      el("button", { type: "button", class: "button", onclick: () => act("tour", { what: "stop" }) }, last ? "Done" : "End the tour")));
  if (anew) follow(step);
}
