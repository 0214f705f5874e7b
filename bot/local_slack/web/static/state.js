// What this person sees, and the ways to the workspace: asking for changes, and doing something.
import { tab } from "./tab.js";

const place = new URLSearchParams(location.hash.slice(1));
export const seen = {
  version: 0, epoch: "", me: place.get("as") ?? "", users: {}, channels: new Map(), messages: new Map(), nodes: new Map(),
  commands: [], shortcuts: [], bot: "", modal: null, home: null, started: false, tour: null, waiting: null, ahead: 0,
  here: place.get("in") ?? "", thread: "", tab: place.get("tab") ?? "messages", wanted: place.get("at") ?? "", fresh: true,
  // The drawer: whether it is open, what it holds, and the last exchange it knows of.
  drawer: false, saw: [], last: -1,
};
export const wantsTour = place.has("tour");
const offline = () => document.getElementById("offline");
let timer = 0;
let take = () => {};
let tellRefused = () => {};
let begin = () => {};
// Done once the page knows who looks: what is pressed or said before waits for it, and is not lost.
export const begun = new Promise((done) => { begin = done; });

export function onNews(taker) { take = taker; }
export function onRefused(teller) { tellRefused = teller; }

export async function refresh(soon) {
  clearTimeout(timer);
  try {
    // Who looks may change while the answer is on its way: what was asked for another must not be shown.
    const asked = seen.messages;
    const query = new URLSearchParams({ as: seen.me, since: seen.version, epoch: seen.epoch, tab });
    if (!document.hidden) query.set("looking", "1");
    if (seen.fresh) query.set("fresh", "1");
    if (seen.drawer) query.set("saw", seen.last || -1);
    const answer = await fetch(`/workspace/updates?${query}`, { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.statusText);
    const news = await answer.json();
    if (asked === seen.messages) take(news);
    if (seen.started) begin();
    offline().hidden = true;
  } catch (error) {
    console.warn("no update", error);
    offline().hidden = false;
  }
  timer = setTimeout(refresh, document.hidden ? 4000 : soon > 0 ? 80 : 400, Math.max(0, (soon || 0) - 1));
}

const post = (path, body) => fetch(path, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ as: seen.me, ...body }),
}).catch(() => null);

// Says whether it was done.
export async function act(action, body = {}) {
  await begun;
  const answer = await post("/workspace/act", { ...body, do: action });
  if (!answer || answer.status >= 500) offline().hidden = false;
  else if (!answer.ok) tellRefused();
  refresh(12);
  return Boolean(answer?.ok);
}

// The press of an element, wherever it stands; `more` says where.
export function presser(action, more = () => ({})) {
  return (block, e, chosen, node) => {
    node.setAttribute("aria-busy", "true");
    setTimeout(() => node.removeAttribute("aria-busy"), 1500);
    act(action, { ...more(), block_id: block.block_id, action_id: e.action_id, chosen });
  };
}

export const values = (root) => Object.fromEntries([...root.querySelectorAll(".held")].map((node) => [node.dataset.action, node.heldValue()]));

// The same, by block as well: what Slack keeps when a view is published anew.
export const byBlock = (root) => Object.fromEntries([...root.querySelectorAll(".held")].map((node) => [`${node.dataset.block}/${node.dataset.action}`, node.heldValue()]));

// Puts back what was filled in before a view was drawn anew.
export function restore(root, kept) {
  for (const node of root.querySelectorAll(".held")) {
    // What was emptied stays empty, whatever the field began with.
    const name = [node.dataset.action, `${node.dataset.block}/${node.dataset.action}`].find((one) => one in kept);
    if (name === undefined) continue;
    const value = kept[name];
    if (node.heldRestore) node.heldRestore(value ?? []);
    else node.value = value ?? "";
  }
}
