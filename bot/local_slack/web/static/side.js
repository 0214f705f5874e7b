// The side of the page: channels with what is unread in them, and who one is.
import { el, icon } from "./dom.js";
import { unread } from "./read.js";
import { seen } from "./state.js";

const $ = (id) => document.getElementById(id);

export const count = (number) => el("span", { class: "count" }, String(number), el("span", { class: "unseen" }, number === 1 ? " new message" : " new messages"));

// `go(channel)` shows one.
export function drawSide(go) {
  const group = (words, kinds) => {
    const list = [...seen.channels.values()].filter((c) => kinds.includes(c.kind));
    return el("div", { role: "group", "aria-label": words }, el("h2", {}, words), ...list.map((c) =>
      el("button", {
        type: "button", class: `channel ${unread(c.id) ? "unread" : ""}`, "aria-current": c.id === seen.here ? "page" : null,
        "data-channel": c.id, onclick: () => go(c.id),
      }, el("span", { class: "kind", "aria-hidden": "true" }, c.kind === "private" ? icon("lock") : c.kind === "im" ? "≈" : "#"), el("span", { class: "name" }, c.name),
      unread(c.id) ? count(unread(c.id)) : null)));
  };
  const focused = document.activeElement?.dataset?.channel;
  $("channels").replaceChildren(group("Apps", ["im"]), group("Channels", ["public", "private"]));
  if (focused) $("channels").querySelector(`[data-channel="${focused}"]`)?.focus();
  const people = Object.entries(seen.users).filter(([, u]) => !u.bot);
  if ($("me").options.length !== people.length) {
    $("me").replaceChildren(...people.map(([id, u]) => el("option", { value: id }, u.name)));
  }
  $("me").value = seen.me;
  $("ahead").hidden = !seen.ahead;
  const hours = Math.round(seen.ahead / 3600);
  $("ahead").textContent = hours >= 48 ? `${Math.round(hours / 24)} days ahead` : `${hours} hours ahead`;
}
