// Where the options of a menu come from: the bot's message, the channels, or the people.
import { emoji, unescape } from "./mrkdwn.js";

const words = (object) => emoji(unescape(object?.text ?? ""));
const KINDS = ["public", "private", "im"];

// Groups of {key, value, label, about}; `value` is what the bot gets. `initial` are the options that are chosen at first.
export function sourceOf(e, at) {
  const groups = (SOURCES[e.type] ?? given)(e, at);
  const known = (value) => groups.flatMap((group) => group.options).find((option) => option.key === value);
  const first = [...(e.initial_users ?? []), e.initial_option?.value, ...(e.initial_options ?? []).map((o) => o.value), e.initial_conversation];
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

const people = (e, at) => [group("", Object.entries(at.people.users).filter(([, user]) => !user.bot)
  .map(([id, user]) => ({ key: id, value: id, label: user.name, about: "" })))];

const SOURCES = { conversations_select: channels, multi_users_select: people };
