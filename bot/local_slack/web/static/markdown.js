// The markdown block: what language models write. Headings, lists, quotes, code, tables, emphasis and links; no HTML.
import { el, link } from "./dom.js";

const INLINE = /`([^`]+)`|\[([^\]]+)\]\((\S+?)\)|\*\*(.+?)\*\*|~~(.+?)~~|(?<![\w*])[*_](.+?)[*_](?![\w*])|\\([\\`*_{}[\]()#+.!~|<>-])/gs;

function inline(text) {
  const out = document.createDocumentFragment();
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    out.append(text.slice(at, found.index));
    const [, code, label, url, bold, struck, italic, plain] = found;
    if (code !== undefined) out.append(el("code", {}, code));
    else if (label !== undefined) out.append(link(url, label));
    else if (bold !== undefined) out.append(el("strong", {}, inline(bold)));
    else if (struck !== undefined) out.append(el("s", {}, inline(struck)));
    else if (italic !== undefined) out.append(el("em", {}, inline(italic)));
    else out.append(plain);
    at = found.index + found[0].length;
  }
  out.append(text.slice(at));
  return out;
}

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());

export function markdown(text) {
  const out = document.createDocumentFragment();
  for (const part of text.split(/\n{2,}/)) {
    const lines = part.split("\n");
    const heading = lines[0].match(/^(#{1,6}) (.+)$/);
    if (heading) out.append(el("p", { class: "header" }, el("strong", {}, inline(heading[2]))));
    const rest = heading ? lines.slice(1) : lines;
    if (!rest.join("").trim()) continue;
    if (rest[0].startsWith("```")) out.append(el("pre", {}, rest.slice(1).join("\n").replace(/\n?```\s*$/, "")));
    else if (rest.every((line) => /^\s*([-*+]|\d+\.) /.test(line))) {
      const tag = /^\s*\d/.test(rest[0]) ? "ol" : "ul";
      out.append(el(tag, { class: "level-0" }, ...rest.map((line) => el("li", {}, inline(line.replace(/^\s*([-*+]|\d+\.) /, ""))))));
    } else if (rest.every((line) => line.startsWith(">"))) out.append(el("blockquote", {}, inline(rest.map((line) => line.slice(1).trim()).join("\n"))));
    else if (rest.length > 1 && /^[\s|:-]+$/.test(rest[1]) && rest[1].includes("-")) {
      const [head, , ...body] = rest.map(cells);
      out.append(el("div", { class: "block-table", role: "region", "aria-label": "Table", tabindex: "0" }, el("table", {},
        el("thead", {}, el("tr", {}, ...head.map((c) => el("th", { scope: "col" }, inline(c))))),
        el("tbody", {}, ...body.map((row) => el("tr", {}, ...row.map((c) => el("td", {}, inline(c)))))))));
    } else out.append(el("p", { class: "text" }, inline(rest.join("\n"))));
  }
  return out;
}
