// One way to make elements. Text only ever goes in as text: no markup is parsed anywhere on this page.
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// Brings a list to the wanted nodes without touching those that stay, so that focus and scroll survive.
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const node of [...parent.children]) if (!wanted.has(node)) node.remove();
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}

export function safeUrl(url) {
  try {
    const parsed = new URL(url);
    return ["http:", "https:", "mailto:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

export function link(url, label) {
  const href = safeUrl(url);
  if (!href) return typeof label === "string" ? document.createTextNode(label) : label;
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, label);
}

// Drawn, since not every machine has a font with these signs.
const ICONS = {
  lock: "M5 7V5a3 3 0 0 1 6 0v2m-7.5 0h9v6.5h-9z",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z",
  reply: "M2 3h12v8H7l-3 3v-3H2z",
  bolt: "M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z",
  picture: "M2 3h12v10H2zm0 8 4-4 3 3 2-2 3 3M11 6h.01",
  close: "m4 4 8 8m0-8-8 8",
  back: "M10 3 5 8l5 5",
  link: "M6.5 9.5 9.5 6.5M7 5l2-2a2.8 2.8 0 0 1 4 4l-2 2M9 11l-2 2a2.8 2.8 0 0 1-4-4l2-2",
  pen: "M3 13l1-4 7-7 3 3-7 7z",
  bin: "M3 4h10M6 4V2.5h4V4m-5.5 0 .5 9.5h6l.5-9.5",
  dots: "M3 8h.01M8 8h.01M13 8h.01",
  send: "M2.5 8 13.5 3 10 13.5 7.5 9z",
};
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "sign");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}
