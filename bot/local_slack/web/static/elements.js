// Block Kit's elements: what a person presses, chooses and fills in.
import { picture, text } from "./blocks.js";
import { pickOne } from "./combo.js";
import { el, safeUrl } from "./dom.js";
import { agreed, menuButton } from "./menu.js";
import { emoji, unescape } from "./mrkdwn.js";
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

// Does a deed, after the question that the element asks first, if it asks one.
const after = async (e, deed) => { if (await agreed(e.confirm)) deed(); };
const options = (e) => [...(e.options ?? []), ...(e.option_groups ?? []).flatMap((g) => g.options)];

function select(e, block, at) {
  if (options(e).length > SCROLLED) return picked(pickOne)(e, block, at);
  const first = el("option", { value: "" }, e.placeholder?.text ?? "Choose…");
  const option = (o) => el("option", { value: o.value, selected: o.value === e.initial_option?.value }, emoji(unescape(o.text.text)));
  const groups = (e.option_groups ?? []).map((g) => el("optgroup", { label: g.label.text }, ...g.options.map(option)));
  const node = el("select", { "aria-label": at.input ? null : e.placeholder?.text ?? "Choose" }, first, ...(e.options ?? []).map(option), ...groups);
  if (!at.input) node.addEventListener("change", () => node.value && after(e, () => at.press(block, e, node.value, node)));
  return held(node, () => node.value || null);
}

function typed(type) {
  return (e, block, at) => {
    const tag = e.multiline ? "textarea" : "input";
    const value = e.initial_value ?? e.initial_date ?? e.initial_time ?? "";
    const node = el(tag, {
      type: e.multiline ? null : type, value, placeholder: e.placeholder?.text, minlength: e.min_length, maxlength: e.max_length,
      min: e.min_value, max: e.max_value, step: type === "number" && e.is_decimal_allowed ? "any" : null,
      "aria-label": at.input ? null : e.placeholder?.text ?? type, autocomplete: "off",
    });
    if (!at.input) node.addEventListener("change", () => after(e, () => at.press(block, e, node.value, node)));
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

// Slack counts a moment in seconds since 1970; the field shows it where the person is.
function moment(e, block, at) {
  const local = (seconds) => new Date((seconds - new Date(seconds * 1000).getTimezoneOffset() * 60) * 1000).toISOString().slice(0, 16);
  const node = el("input", { type: "datetime-local", value: e.initial_date_time ? local(e.initial_date_time) : "", "aria-label": at.input ? null : "Date and time" });
  const value = () => (node.value ? Math.round(new Date(node.value).getTime() / 1000) : null);
  node.heldRestore = (seconds) => { if (seconds) node.value = local(seconds); };
  if (!at.input) node.addEventListener("change", () => after(e, () => at.press(block, e, value(), node)));
  return held(node, value);
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
    if (!at.input) node.addEventListener("change", () => after(e, () => at.press(block, e, value(), node)));
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
    node.addEventListener("click", () => after(e, () => {
      const url = e.url && safeUrl(e.url);
      if (url) window.open(url, "_blank", "noopener,noreferrer");
      at.press(block, e, undefined, node);
    }));
    return node;
  },
  overflow(e, block, at) {
    const entries = e.options.map((o) => ({ value: o.value, label: emoji(unescape(o.text.text)), about: o.description?.text }));
    const node = menuButton("More actions", entries, (entry) => after(e, () => at.press(block, e, entry.value, node)));
    return node;
  },
  feedback_buttons: (e, block, at) =>
    el("span", { class: "feedback" }, ...["positive", "negative"].map((side) =>
      el("button", { type: "button", class: "button", onclick: (event) => at.press(block, e, side, event.target) },
        `${side === "positive" ? "👍" : "👎"} ${e[`${side}_button`].text.text}`))),
  icon_button: (e, block, at) =>
    el("button", { type: "button", class: "button", onclick: (event) => at.press(block, e, undefined, event.target) }, e.text.text),
  image: picture, static_select: select, external_select: picked(pickOne), users_select: picked(pickOne), conversations_select: picked(pickOne),
  channels_select: picked(pickOne), multi_static_select: picked(pickMany), multi_external_select: picked(pickMany), multi_users_select: picked(pickMany),
  multi_conversations_select: picked(pickMany), multi_channels_select: picked(pickMany), checkboxes: ticks("checkbox"), radio_buttons: ticks("radio"),
  plain_text_input: typed("text"), number_input: typed("number"), datepicker: typed("date"), timepicker: typed("time"), datetimepicker: moment,
  url_text_input: typed("url"), email_text_input: typed("email"),
};
