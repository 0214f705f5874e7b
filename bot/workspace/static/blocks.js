// Block Kit as DOM nodes. `at` = {people, press(block, element, chosen), errors} of where the blocks stand.
import { el, icon, link, safeUrl } from "./dom.js";
import { emoji, localDate, mrkdwn, unescape } from "./mrkdwn.js";
import { pickChannel, pickMany } from "./pick.js";

export function blocks(list, at) {
  const out = document.createDocumentFragment();
  for (const block of list) {
    const draw = BLOCKS[block.type] ?? ((b) => el("p", { class: "unknown" }, `This page does not draw “${b.type}” blocks.`));
    const node = draw(block, at);
    node.classList.add("block", `block-${block.type}`);
    out.append(node);
  }
  return out;
}

export function text(object, at) {
  if (!object) return "";
  return object.type === "mrkdwn" ? mrkdwn(object.text, at.people) : emoji(unescape(object.text));
}

const BLOCKS = {
  section(block, at) {
    const body = el("div", { class: "section-body" });
    if (block.text) body.append(el("div", { class: "text" }, text(block.text, at)));
    if (block.fields) {
      body.append(el("div", { class: "fields" }, ...block.fields.map((f) => el("div", {}, text(f, at)))));
    }
    const node = el("div", {}, body);
    if (block.accessory) node.append(el("div", { class: "accessory" }, element(block.accessory, block, at)));
    return node;
  },
  header: (block, at) => el("h3", {}, text(block.text, at)),
  divider: () => el("hr"),
  context: (block, at) =>
    el("div", {}, ...block.elements.map((e) => (e.type === "image" ? image(e) : el("span", {}, text(e, at))))),
  actions: (block, at) => el("div", {}, ...block.elements.map((e) => element(e, block, at))),
  context_actions: (block, at) => el("div", {}, ...block.elements.map((e) => element(e, block, at))),
  image: (block, at) =>
    el("figure", {}, block.title && el("figcaption", {}, text(block.title, at)), image(block)),
  rich_text: (block, at) => el("div", {}, ...block.elements.map((part) => richPart(part, at))),
  markdown: (block) => el("div", { class: "text" }, block.text),
  table: (block, at) =>
    el("table", {}, el("tbody", {}, ...block.rows.map((row) => el("tr", {}, ...row.map((c) => el("td", {}, cell(c, at))))))),
  input(block, at) {
    const id = `in-${block.block_id}-${block.element.action_id}`;
    const error = at.errors?.[block.block_id];
    const control = element(block.element, block, { ...at, input: true });
    control.id = id;
    if (!block.optional && "required" in control) control.required = true;
    if (error) control.setAttribute("aria-invalid", "true");
    return el(
      "div", {},
      el("label", { for: id }, text(block.label, at), block.optional ? el("span", { class: "quiet" }, " (optional)") : ""),
      control,
      block.hint && el("p", { class: "hint" }, text(block.hint, at)),
      error && el("p", { class: "error", role: "alert" }, error),
    );
  },
};

function image(item) {
  // Pictures of other hosts are not fetched: the page makes no outside requests.
  const here = item.image_url?.startsWith("data:image/") || safeUrl(item.image_url)?.startsWith(location.origin);
  return here ? el("img", { src: item.image_url, alt: item.alt_text }) : el("span", { class: "picture" }, icon("picture"), item.alt_text);
}

const cell = (c, at) => (c.type === "rich_text" ? BLOCKS.rich_text(c, at) : c.text ?? "");

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

function rich(e, at) {
  const known = {
    text: () => document.createTextNode(e.text),
    link: () => link(e.url, e.text ?? e.url),
    emoji: () => document.createTextNode(emoji(`:${e.name}:`)),
    user: () => el("span", { class: "mention" }, "@" + (at.people.users[e.user_id]?.name ?? e.user_id)),
    channel: () => el("span", { class: "mention" }, "#" + (at.people.channels.get(e.channel_id)?.name ?? e.channel_id)),
    broadcast: () => el("span", { class: "mention loud" }, "@" + e.range),
    date: () => document.createTextNode(localDate(`!date^${e.timestamp}^${e.format}`, e.fallback)),
  };
  let node = known[e.type]?.() ?? document.createTextNode("");
  const tags = { bold: "strong", italic: "em", strike: "s", code: "code" };
  for (const [style, tag] of Object.entries(tags)) if (e.style?.[style]) node = el(tag, {}, node);
  return node;
}

function element(e, block, at) {
  const draw = ELEMENTS[e.type];
  if (!draw) return el("span", { class: "unknown" }, `[${e.type}]`);
  const node = draw(e, block, at);
  if (e.action_id) node.dataset.action = e.action_id;
  return node;
}

const ask = (e) => !e.confirm || confirm([e.confirm.title.text, e.confirm.text.text].join("\n\n"));
const options = (e) => [...(e.options ?? []), ...(e.option_groups ?? []).flatMap((g) => g.options)];

function select(e, block, at) {
  const first = el("option", { value: "" }, e.placeholder?.text ?? "Choose…");
  const option = (o) => el("option", { value: o.value, selected: o.value === e.initial_option?.value }, emoji(unescape(o.text.text)));
  const groups = (e.option_groups ?? []).map((g) => el("optgroup", { label: g.label.text }, ...g.options.map(option)));
  const node = el("select", { "aria-label": e.placeholder?.text }, first, ...(e.options ?? []).map(option), ...groups);
  if (at.input) return held(node, () => node.value || null);
  node.addEventListener("change", () => node.value && ask(e) && at.press(block, e, node.value, node));
  return node;
}

function typed(type) {
  return (e, block, at) => {
    const tag = e.multiline ? "textarea" : "input";
    const value = e.initial_value ?? e.initial_date ?? e.initial_time ?? "";
    const node = el(tag, {
      type: e.multiline ? null : type, value, placeholder: e.placeholder?.text, minlength: e.min_length, maxlength: e.max_length,
    });
    if (!at.input) node.addEventListener("change", () => at.press(block, e, node.value, node));
    return held(node, () => node.value || null);
  };
}

function ticks(type) {
  return (e, block, at) => {
    const initial = new Set([e.initial_option?.value, ...(e.initial_options ?? []).map((o) => o.value)]);
    const name = `${block.block_id}-${e.action_id}`;
    const node = el("div", { class: "ticks", role: "group" }, ...options(e).map((o) =>
      el("label", {}, el("input", { type, name, value: o.value, checked: initial.has(o.value) }), " ", text(o.text, at))));
    const chosen = () => [...node.querySelectorAll("input:checked")].map((i) => i.value);
    const value = () => (type === "radio" ? chosen()[0] ?? null : chosen());
    if (!at.input) node.addEventListener("change", () => at.press(block, e, value(), node));
    node.heldRestore = (values) => {
      for (const box of node.querySelectorAll("input")) box.checked = [values].flat().includes(box.value);
    };
    return held(node, value);
  };
}

function picked(draw) {
  return (e, block, at) => {
    const { node, value } = draw(e, block, at);
    return held(node, value);
  };
}

// An input's value is read when the modal is submitted.
function held(node, value) {
  node.classList.add("held");
  node.heldValue = value;
  return node;
}

const ELEMENTS = {
  button(e, block, at) {
    const node = el("button", { type: "button", class: `button ${e.style ?? ""}`, "aria-label": e.accessibility_label }, emoji(unescape(e.text.text)));
    node.addEventListener("click", () => {
      if (!ask(e)) return;
      const url = e.url && safeUrl(e.url);
      if (url) window.open(url, "_blank", "noopener,noreferrer");
      at.press(block, e, undefined, node);
    });
    return node;
  },
  overflow(e, block, at) {
    const node = el("select", { class: "overflow", "aria-label": "More" }, el("option", { value: "" }, "…"),
      ...e.options.map((o) => el("option", { value: o.value }, emoji(unescape(o.text.text)))));
    node.addEventListener("change", () => {
      const chosen = node.value;
      node.value = "";
      if (chosen && ask(e)) at.press(block, e, chosen, node);
    });
    return node;
  },
  feedback_buttons: (e, block, at) =>
    el("span", { class: "feedback" }, ...["positive", "negative"].map((side) =>
      el("button", { type: "button", class: "button", onclick: (event) => at.press(block, e, side, event.target) },
        `${side === "positive" ? "👍" : "👎"} ${e[`${side}_button`].text.text}`))),
  icon_button: (e, block, at) =>
    el("button", { type: "button", class: "button", onclick: (event) => at.press(block, e, undefined, event.target) }, e.text.text),
  image, conversations_select: picked(pickChannel), channels_select: picked(pickChannel), static_select: select, multi_static_select: picked(pickMany), checkboxes: ticks("checkbox"),
  radio_buttons: ticks("radio"), plain_text_input: typed("text"), number_input: typed("number"), datepicker: typed("date"),
  timepicker: typed("time"), url_text_input: typed("url"), email_text_input: typed("email"),
};
