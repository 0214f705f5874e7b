// Files of a message: a picture with its words, and over it the parts that the picture says can be asked about.
import { el, icon } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";

export function files(list, ask) {
  return el("div", { class: "files" }, ...list.map((file) => (file.image ? picture(file, ask) : el("p", { class: "file" }, icon("picture"), file.title))));
}

// https://docs.slack.dev/reference/block-kit/blocks/image-block
export function image(block, at) {
  const file = at.pictures?.[block.slack_file?.id];
  if (!file) return el("img", { class: "image", src: block.image_url ?? "", alt: block.alt_text });
  return picture({ ...file, alt: block.alt_text, title: block.title?.text ?? "" }, at.ask);
}

function picture(file, ask) {
  const img = el("img", { src: file.url, alt: file.alt || file.title, loading: "lazy" });
  const told = el("p", { class: "told", "aria-live": "polite" });
  const frame = el("div", { class: "frame" }, img);
  const figure = el("figure", { class: "picture-file" }, file.title ? el("figcaption", {}, file.title) : null, frame, told);
  if (file.parts) over(file, frame, told, ask);
  return figure;
}

async function over(file, frame, told, ask) {
  const answer = await fetch(file.parts).catch(() => null);
  if (!answer?.ok) return;
  const held = await answer.json();
  const svg = node("svg", { viewBox: `0 0 ${held.width} ${held.height}`, role: "group", "aria-label": `Parts of ${file.title || file.alt.split(":")[0]}` });
  const inner = node("g", { transform: `translate(0 ${held.top})` });
  for (const part of held.parts) inner.append(hotspot(part, told, ask));
  svg.append(inner);
  frame.append(svg);
  told.textContent = "Point to read, press to ask.";
}

function hotspot(part, told, ask) {
  const group = node("g", { class: part.line ? "part line" : "part", role: "button", tabindex: "0", "aria-label": `${part.words}. Ask ${part.ask}` });
  group.append(node("path", { d: part.path }));
  const say = () => { told.textContent = `${part.words} · click asks ${part.ask}`; told.classList.add("now"); };
  group.addEventListener("mouseenter", say);
  group.addEventListener("focus", say);
  group.addEventListener("click", () => ask(part.ask));
  group.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    ask(part.ask);
  });
  return group;
}

function node(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
