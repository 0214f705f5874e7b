// Lists of messages: drawn anew without moving the reader, and kept at their end for whoever reads there.
import { arrange } from "./dom.js";
import { keepFocus } from "./focus.js";
import { seen } from "./state.js";

export function follow(list, nodes, key = seen.here) {
  const atEnd = list.dataset.end !== "no" || isAwaited(list, nodes);
  const grew = nodes.length > list.children.length || nodes[0] !== list.children[0];
  const last = nodes.at(-1);
  const old = list.lastElementChild;
  // What only changed where it stands leaves the reader where they were.
  if (list.dataset.key === key && list.children.length === nodes.length && last.dataset.ts && last.dataset.ts === old?.dataset.ts) {
    const top = list.scrollTop;
    const worksHere = list.contains(document.activeElement);
    keepFocus(list, () => { arrange(list, nodes); list.scrollTop = top; });
    if (atEnd && !worksHere) toEnd(list);
    return;
  }
  const news = last !== old;
  keepFocus(list, () => arrange(list, nodes));
  if (atEnd || (grew && list.dataset.key !== key)) {
    if (news && list.dataset.key !== key && key === seen.here) list.scrollTop = list.scrollHeight;
    else if (news || last.offsetHeight <= list.clientHeight) toEnd(list);
  }
  list.dataset.key = key;
}

// Whether an answer came to what was pressed in this list.
function isAwaited(list, nodes) {
  const { channel, thread, until } = seen.waiting ?? {};
  const here = channel === seen.here && (list.id === "replies" ? thread === seen.thread : !thread);
  const last = nodes.at(-1).dataset.ts;
  if (!here || Date.now() > until || last === list.lastElementChild?.dataset.ts || list.querySelector(`[data-ts="${last}"]`)) return false;
  if (seen.messages.get(`${seen.here}/${last}`)?.user !== seen.bot) return false;
  list.dataset.end = "yes";
  return true;
}

// Of an answer longer than the list one wants to read the beginning.
function toEnd(list) {
  const last = list.lastElementChild;
  if (last?.offsetHeight > list.clientHeight) last.scrollIntoView({ block: "start" });
  else list.scrollTop = list.scrollHeight;
}

// A list that shows its end goes on showing it, whatever changes its size. `reached` is told when it comes to its end.
export function watch(list, reached) {
  list.addEventListener("scroll", () => {
    const before = list.dataset.end;
    list.dataset.end = list.scrollHeight - list.scrollTop - list.clientHeight < 80 ? "yes" : "no";
    if (before === "no" && list.dataset.end === "yes") reached();
  });
  // A picture takes its room when it is there.
  list.addEventListener("load", () => { if (list.dataset.end !== "no") toEnd(list); }, true);
  new ResizeObserver(() => { if (list.dataset.end !== "no" && !(list.lastElementChild?.offsetHeight > list.clientHeight)) list.scrollTop = list.scrollHeight; }).observe(list);
}
