// Where the options of a menu come from: the bot's message, the bot while one types, the people, or the channels.
import { emoji, unescape } from "./mrkdwn.js";

const words = (object) => emoji(unescape(object?.text ?? ""));
const KINDS = { public: "public", private: "private", im: "im" };

// `find(typed)` gives groups of {key, value, label, about}; `value` is what the bot gets.
export function sourceOf(e, block, at) {
  const kind = e.type.replace("multi_", "");
  if (kind === "external_select") return asked(e, block, at);
  const groups = { users_select: people, conversations_select: channels, channels_select: channels }[kind]?.(e, at) ?? given(e);
  const all = groups.flatMap((group) => group.options);
  const first = [e.initial_option?.value, ...(e.initial_options ?? []).map((o) => o.value), e.initial_user, e.initial_channel, e.initial_conversation,
    ...(e.initial_users ?? []), ...(e.initial_channels ?? []), ...(e.initial_conversations ?? [])].filter(Boolean);
  return {
    slow: false,
    groups,
    initial: first.map((key) => all.find((option) => option.key === key)).filter(Boolean),
    known: (value) => all.find((option) => option.key === value),
    nothing: () => "Nothing matches",
    async find(typed) {
      const wanted = typed.trim().toLowerCase();
      return groups.map((group) => ({ ...group, options: group.options.filter((o) => o.label.toLowerCase().includes(wanted)) }))
        .filter((group) => group.options.length);
    },
  };
}

const option = (o) => ({ key: o.value, value: o.value, label: words(o.text), about: words(o.description) });
const group = (label, options) => ({ label, options });

const given = (e) => [
  ...(e.options ? [group("", e.options.map(option))] : []),
  ...(e.option_groups ?? []).map((g) => group(words(g.label), g.options.map(option))),
];

const people = (e, at) => [group("", Object.entries(at.people.users).filter(([, u]) => u.handle !== "slackbot")
  .map(([id, u]) => ({ key: id, value: id, label: u.name, about: u.bot ? "app" : "" })))];

function channels(e, at) {
  const include = e.type.endsWith("channels_select") ? ["public"] : (e.filter?.include ?? Object.keys(KINDS));
  return [group("", [...at.people.channels.values()].filter((c) => include.includes(c.kind))
    .map((c) => ({ key: c.id, value: c.id, label: c.kind === "im" ? c.name : `#${c.name}`, about: "" })))];
}

// https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select
function asked(e, block, at) {
  const least = e.min_query_length ?? 3;
  const whole = (o) => ({ key: o.value, value: { text: o.text, value: o.value }, label: words(o.text), about: words(o.description) });
  const initial = [e.initial_option, ...(e.initial_options ?? [])].filter(Boolean).map(whole);
  return {
    slow: true,
    groups: null,
    initial,
    known: (value) => (value?.value ? whole(value) : undefined),
    nothing: (typed) => (typed.trim().length < least ? `Type ${least} or more letters` : "Nothing matches"),
    async find(typed) {
      if (typed.trim().length < least) return [];
      const groups = await at.suggest(block, e, typed.trim());
      return groups.map((g) => group(words(g.label), g.options.map(whole)));
    },
  };
}
