// Block Kit's blocks as DOM nodes. `at` = {people, press(block, element, chosen), errors} of where they stand.
import { el } from "./dom.js";
import { element } from "./elements.js";
import { image } from "./files.js";
import { text, words } from "./mrkdwn.js";

export function blocks(list, at) {
  const out = document.createDocumentFragment();
  for (const block of list) {
    const draw = BLOCKS[block.type] ?? ((b) => el("p", { class: "unknown", role: "note" }, `This page does not draw “${b.type}” blocks.`));
    const node = draw(block, at);
    node.classList.add("block", `block-${block.type}`);
    out.append(node);
  }
  return out;
}

const BLOCKS = {
  header: (block, at) => el(`h${Math.min(Math.max(block.level ?? 1, 1), 3) + 1}`, { class: "header" }, text(block.text, at)),
  divider: () => el("hr"),
  context: (block, at) => el("div", {}, ...block.elements.map((e) => el("span", {}, text(e, at)))),
  actions: (block, at) => el("div", {}, ...block.elements.map((e) => element(e, block, at))),
  image,
  context_actions: (block, at) => el("div", {}, ...block.elements.map((e) => element(e, block, at))),
  carousel: (block, at) => el("div", { role: "list" }, ...block.elements.map((card) => el("div", { class: "card", role: "listitem" },
    el("p", { class: "card-title" }, text(card.title, at)), card.subtitle && el("p", { class: "quiet" }, text(card.subtitle, at)),
    card.body && el("p", {}, text(card.body, at)), el("div", { class: "block-actions" }, ...(card.actions ?? []).map((e) => element(e, block, at)))))),
  rich_text: (block, at) => el("div", {}, ...block.elements.map((part) => richPart(part, at))),
  table,
  input(block, at) {
    const id = `in-${block.block_id}-${block.element.action_id}`;
    const error = at.errors?.[block.block_id];
    const control = element(block.element, block, { ...at, input: true });
    const field = control.control ?? control;
    const many = field.getAttribute("role") === "group" || control.getAttribute("role") === "group";
    const words = [text(block.label, at), block.optional ? el("span", { class: "quiet" }, " (optional)") : ""];
    // A group of boxes has a title; only a single field can have a label.
    const title = many ? el("div", { id: `${id}-label`, class: "label" }, ...words) : el("label", { for: id, id: `${id}-label` }, ...words);
    field.id = id;
    if (many) control.setAttribute("aria-labelledby", `${id}-label`);
    const about = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
    if (about) field.setAttribute("aria-describedby", about);
    if (!block.optional && field.matches("input, textarea, select") && field.type !== "search") field.setAttribute("aria-required", "true");
    if (error) field.setAttribute("aria-invalid", "true");
    const send = block.dispatch_action && at.press && block.element.type.endsWith("_input")
      ? el("button", { type: "button", class: "button primary", onclick: () => dispatch(block, control, at) }, "Ask") : null;
    return el(
      "div", {}, title, send ? el("div", { class: "asking" }, control, send) : control,
      block.hint && el("p", { class: "hint", id: `${id}-hint` }, text(block.hint, at)),
      error && el("p", { class: "error", role: "alert", id: `${id}-error` }, error),
    );
  },
};

// Slack sends such an input when one presses Enter in it.
function dispatch(block, control, at) {
  const typed = control.heldValue();
  if (typed) at.press(block, block.element, typed, control);
}

// https://docs.slack.dev/reference/block-kit/blocks/table-block
function table(block) {
  const set = (index) => block.column_settings?.[index] ?? {};
  const row = (cells, tag) => el("tr", {}, ...cells.map((c, index) => el(tag, {
    scope: tag === "th" ? "col" : null, class: `to-${set(index).align ?? "left"} ${set(index).is_wrapped ? "" : "whole"}`,
  }, words(c.text ?? ""))));
  const [head, ...body] = block.rows;
  return el("div", { role: "group", "aria-label": "Table", tabindex: "0" },
    el("table", {}, el("thead", {}, row(head, "th")), el("tbody", {}, ...body.map((cells) => row(cells, "td")))));
}

function richPart(part, at) {
  const inside = () => part.elements.map((e) => rich(e, at));
  if (part.type === "rich_text_list") {
    const tag = part.style === "ordered" ? "ol" : "ul";
    return el(tag, { class: `level-${part.indent ?? 0}` }, ...part.elements.map((item) => el("li", {}, richPart(item, at))));
  }
  if (part.type === "rich_text_quote") return el("blockquote", {}, ...inside());
  if (part.type === "rich_text_preformatted") return el("pre", {}, ...inside());
  return el("div", { class: "text" }, ...inside());
}

const node = (said) => (typeof said === "string" ? document.createTextNode(said) : said);

function rich(e, at) {
  const known = {
    text: () => node(words(e.text)),
    channel: () => el("span", { class: "mention" }, "#" + (at.people.channels.get(e.channel_id)?.name ?? e.channel_id)),
  };
  let drawn = known[e.type]?.() ?? node("");
  const tags = { bold: "strong", italic: "em", strike: "s", code: "code" };
  for (const [style, tag] of Object.entries(tags)) if (e.style?.[style]) drawn = el(tag, {}, drawn);
  return drawn;
}
