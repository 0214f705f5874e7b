// Where the options of a menu come from: the bot's message, or the channels.
import { emoji, unescape } from "./mrkdwn.js";

const words = (object) => emoji(unescape(object?.text ?? ""));
const KINDS = ["public", "private", "im"];

// Groups of {key, value, label, about}; `value` is what the bot gets. `initial` are the options that are chosen at first.
export function sourceOf(e, at) {
  const groups = e.type === "conversations_select" ? channels(e, at) : given(e);
  const known = (value) => groups.flatMap((group) => group.options).find((option) => option.key === value);
  const first = [e.initial_option?.value, ...(e.initial_options ?? []).map((o) => o.value), e.initial_conversation];
  return { groups, known, initial: first.map(known).filter(Boolean) };
}

const option = (o) => ({ key: o.value, value: o.value, label: words(o.text), about: words(o.description) });
const group = (label, options) => ({ label, options });

const given = (e) => [
  ...(e.options ? [group("", e.options.map(option))] : []),
  ...(e.option_groups ?? []).map((g) => group(words(g.label), g.options.map(option))),
];

function channels(e, at) {
  const include = e.filter?.include ?? KINDS;
  return [group("", [...at.people.channels.values()].filter((c) => include.includes(c.kind))
    .map((c) => ({ key: c.id, value: c.id, label: c.kind === "im" ? c.name : `#${c.name}`, about: "" })))];
}
