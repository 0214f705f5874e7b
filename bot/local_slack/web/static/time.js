// Moments as the person who looks sees them: their time zone and their language, as the seed of the workspace has them.
// `ahead` is how many seconds the workspace's clock was put forward.
export const reader = { zone: undefined, locale: undefined, ahead: 0 };
export const now = () => new Date(Date.now() + reader.ahead * 1000);

const say = (when, options) => new Intl.DateTimeFormat(reader.locale, { timeZone: reader.zone, ...options }).format(when);
export const at = (ts) => new Date(Number(ts) * 1000);
export const clock = (when) => say(when, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const whole = (when) => say(when, { dateStyle: "full", timeStyle: "short" });
export const day = (when) => new Intl.DateTimeFormat("en-CA", { timeZone: reader.zone }).format(when);

// "Today", "Yesterday" and "Tomorrow" in the person's language; other days as they are.
function pretty(when, whole) {
  const apart = Math.round((Date.parse(day(when)) - Date.parse(day(now()))) / 86400000);
  if (Math.abs(apart) > 1) return whole(when);
  const words = new Intl.RelativeTimeFormat(reader.locale, { numeric: "auto" }).format(apart, "day");
  return words[0].toUpperCase() + words.slice(1);
}

const dated = (style) => (when) => say(when, { dateStyle: style });

// A day as Slack writes it above its messages: "Today", "Monday, November 23rd", in another year with that year.
export const dayLine = (when) => pretty(when, (then) => {
  const year = day(then).slice(0, 4) === day(now()).slice(0, 4) ? undefined : "numeric";
  if (!new Intl.Locale(reader.locale ?? "en").language.startsWith("en")) return say(then, { weekday: "long", month: "long", day: "numeric", year });
  const number = Number(day(then).slice(8));
  const ending = { one: "st", two: "nd", few: "rd" }[new Intl.PluralRules("en", { type: "ordinal" }).select(number)] ?? "th";
  return `${say(then, { weekday: "long" })}, ${say(then, { month: "long" })} ${number}${ending}${year ? `, ${day(then).slice(0, 4)}` : ""}`;
});

// https://docs.slack.dev/messaging/formatting-message-text#date-formatting
export function localDate(target, fallback) {
  const [, seconds, format] = target.split("^");
  const when = at(seconds);
  if (Number.isNaN(when.getTime()) || !format) return fallback ?? target;
  const forms = {
    date_num: () => day(when),
    date: () => say(when, { dateStyle: "long" }), date_pretty: () => pretty(when, dated("long")),
    date_short: () => say(when, { dateStyle: "medium" }), date_short_pretty: () => pretty(when, dated("medium")),
    date_long: () => say(when, { dateStyle: "full" }), date_long_pretty: () => pretty(when, dated("full")),
    date_long_full: () => say(when, { dateStyle: "full" }), date_slash: () => say(when, { dateStyle: "short" }),
    time: () => say(when, { timeStyle: "short" }), time_secs: () => say(when, { timeStyle: "medium" }),
    ago: () => new Intl.RelativeTimeFormat(reader.locale, { numeric: "auto" }).format(Math.round((when - now()) / 60000), "minute"),
  };
  return format.replace(/\{(\w+)\}/g, (all, name) => (forms[name] ? forms[name]() : all));
}
