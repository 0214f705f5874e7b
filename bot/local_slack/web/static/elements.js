// Block Kit's elements: what a person presses, chooses and fills in.
import { pickOne } from "./combo.js";
import { el, safeUrl } from "./dom.js";
import { emoji, text, unescape, words } from "./mrkdwn.js";
import { pickMany } from "./pick.js";

// Beyond this many options one would rather type than scroll.
const SCROLLED = 9;

export function element(e, block, at) {
  const draw = ELEMENTS[e.type];
  if (!draw) return el("span", { class: "unknown" }, `[${e.type}]`);
  const node = draw(e, block, at);
  if (e.action_id) Object.assign(node.dataset, { action: e.action_id, block: block.block_id });
  return node;
}

const options = (e) => [...(e.options ?? []), ...(e.option_groups ?? []).flatMap((g) => g.options)];

function select(e, block, at) {
  if (options(e).length > SCROLLED) return picked(pickOne)(e, block, at);
  const first = el("option", { value: "" }, e.placeholder?.text ?? "Choose…");
  const option = (o) => el("option", { value: o.value, selected: o.value === e.initial_option?.value }, emoji(unescape(o.text.text)));
  const groups = (e.option_groups ?? []).map((g) => el("optgroup", { label: g.label.text }, ...g.options.map(option)));
  const node = el("select", { "aria-label": at.input ? null : e.placeholder?.text ?? "Choose" }, first, ...(e.options ?? []).map(option), ...groups);
  if (!at.input) node.addEventListener("change", () => node.value && at.press(block, e, node.value, node));
  return held(node, () => node.value || null);
}

function typed(type) {
  return (e, block, at) => {
    const tag = e.multiline ? "textarea" : "input";
    const value = e.initial_value ?? e.initial_date ?? e.initial_time ?? "";
    const node = el(tag, {
      type: e.multiline ? null : type, value, placeholder: e.placeholder?.text, minlength: e.min_length, maxlength: e.max_length,
      "aria-label": at.input ? null : e.placeholder?.text ?? type, autocomplete: "off",
    });
    if (!at.input) node.addEventListener("change", () => at.press(block, e, node.value, node));
    if (block.dispatch_action && !e.multiline) {
      node.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.isComposing) return;
        event.preventDefault();
        if (node.value.trim()) at.press(block, e, node.value, node);
      });
    }
    return held(node, () => node.value || null);
  };
}

function ticks(type) {
  return (e, block, at) => {
    const initial = new Set([e.initial_option?.value, ...(e.initial_options ?? []).map((o) => o.value)]);
    const name = `${block.block_id}-${e.action_id}`;
    const node = el("div", { class: "ticks", role: type === "radio" ? "radiogroup" : "group", "aria-label": at.input ? null : "Options" }, ...options(e).map((o) =>
      el("label", {}, el("input", { type, name, value: o.value, checked: initial.has(o.value) }), " ", text(o.text, at),
        o.description && el("span", { class: "quiet about" }, text(o.description, at)))));
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
    const node = el("button", { type: "button", class: `button ${e.style ?? ""}`, "aria-label": e.accessibility_label }, words(emoji(unescape(e.text.text))));
    node.addEventListener("click", () => {
      const url = e.url && safeUrl(e.url);
      if (url) window.open(url, "_blank", "noopener,noreferrer");
      at.press(block, e, undefined, node);
    });
    return node;
  },
  feedback_buttons(e, block, at) {
    const one = (which) => {
      const said = e[`${which}_button`];
      const node = el("button", { type: "button", class: "button rating", title: said.text.text, "data-rating": which }, words(emoji(unescape(said.text.text))));
      node.addEventListener("click", () => at.press(block, e, which, node));
      return node;
    };
    return el("span", { class: "ratings", role: "group" }, one("positive"), one("negative"));
  },
  static_select: select, multi_static_select: picked(pickMany), conversations_select: picked(pickOne),
  multi_users_select: picked(pickMany), checkboxes: ticks("checkbox"),
  radio_buttons: ticks("radio"), plain_text_input: typed("text"), datepicker: typed("date"), timepicker: typed("time"),
};
