// Keeps the focus where a person works when what they work in is drawn anew.
const STOPS = "button:not([disabled]), a[href], input:not([disabled]), select, textarea, summary, [tabindex='0']";
const row = (node) => node.closest(".message");

// Draws anew by `redraw`. The focus goes to what has taken the place of what had it, which stands where that stood.
export function keepFocus(root, redraw) {
  const before = noted(root);
  redraw();
  if (!before || (document.activeElement !== document.body && document.activeElement?.isConnected)) return;
  const next = successor(root, before);
  if (!next) return;
  next.focus({ preventScroll: true });
  const list = root.scrollHeight > root.clientHeight ? root : null;
  if (list) list.scrollTop += next.getBoundingClientRect().top - before.top;
  next.scrollIntoView({ block: "nearest" });
}

function noted(root) {
  const node = document.activeElement;
  if (!root.contains(node) || node === root) return null;
  const held = node.closest("[data-action]");
  const message = row(node);
  const inside = message ?? root;
  return {
    ts: message?.dataset.ts, at: message ? [...root.children].indexOf(message) : -1, whole: node === message,
    action: held?.dataset.action, block: held?.dataset.block, tool: node.dataset.tool,
    index: [...inside.querySelectorAll(STOPS)].indexOf(node), top: node.getBoundingClientRect().top,
  };
}

function successor(root, before) {
  const inside = before.ts ? root.querySelector(`.message[data-ts="${before.ts}"]`) : root;
  // A message that is gone leaves the focus to the one that stands in its place.
  if (!inside) return root.children[Math.min(before.at, root.children.length - 1)] ?? null;
  if (before.whole) return inside;
  return same(inside, before) ?? nearest(inside, before) ?? (before.ts ? inside : null);
}

export function same(inside, { action, block, tool }) {
  if (tool) return inside.querySelector(`[data-tool="${CSS.escape(tool)}"]`);
  if (!action) return null;
  const found = [...inside.querySelectorAll(`[data-action="${CSS.escape(action)}"]`)];
  const node = found.find((one) => one.dataset.block === block) ?? found[0];
  return node?.matches(STOPS) ? node : node?.control ?? node?.querySelector(STOPS) ?? null;
}

// Of what can be pressed in the same place, the one that follows; else the last there is.
function nearest(inside, { index, action }) {
  const stops = [...inside.querySelectorAll(STOPS)];
  const pressed = action ? stops.filter((one) => one.closest("[data-action]")) : stops;
  return pressed.find((one) => stops.indexOf(one) >= index) ?? pressed.at(-1) ?? stops.at(-1) ?? null;
}
