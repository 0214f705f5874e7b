// Moments as the person who looks sees them: their time zone and their language, as the seed of the workspace has them.
export const reader = { zone: undefined, locale: undefined };

const say = (when, options) => new Intl.DateTimeFormat(reader.locale, { timeZone: reader.zone, ...options }).format(when);
export const at = (ts) => new Date(Number(ts) * 1000);
export const clock = (when) => say(when, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const whole = (when) => say(when, { dateStyle: "full", timeStyle: "short" });
const day = (when) => new Intl.DateTimeFormat("en-CA", { timeZone: reader.zone }).format(when);

// "Today", "Yesterday" and "Tomorrow" in the person's language; other days as they are.
function pretty(when, style, now = Date.now()) {
  const apart = Math.round((Date.parse(day(when)) - Date.parse(day(now))) / 86400000);
  if (Math.abs(apart) > 1) return say(when, { dateStyle: style });
  const words = new Intl.RelativeTimeFormat(reader.locale, { numeric: "auto" }).format(apart, "day");
  return words[0].toUpperCase() + words.slice(1);
}

// https://docs.slack.dev/messaging/formatting-message-text#date-formatting
export function localDate(target, fallback) {
  const [, seconds, format] = target.split("^");
  const when = at(seconds);
  if (Number.isNaN(when.getTime()) || !format) return fallback ?? target;
  const forms = {
    date_num: () => day(when),
    date: () => say(when, { dateStyle: "long" }), date_pretty: () => pretty(when, "long"),
    date_short: () => say(when, { dateStyle: "medium" }), date_short_pretty: () => pretty(when, "medium"),
    date_long: () => say(when, { dateStyle: "full" }), date_long_pretty: () => pretty(when, "full"),
    date_long_full: () => say(when, { dateStyle: "full" }), date_slash: () => say(when, { dateStyle: "short" }),
    time: () => say(when, { timeStyle: "short" }), time_secs: () => say(when, { timeStyle: "medium" }),
    ago: () => new Intl.RelativeTimeFormat(reader.locale, { numeric: "auto" }).format(Math.round((when - Date.now()) / 60000), "minute"),
  };
  return format.replace(/\{(\w+)\}/g, (all, name) => (forms[name] ? forms[name]() : all));
}
