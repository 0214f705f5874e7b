// Slack's mrkdwn as DOM nodes. https://docs.slack.dev/messaging/formatting-message-text
import { el, link } from "./dom.js";
import { localDate } from "./time.js";

const EMOJI = {
  warning: "⚠️", white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", mag: "🔍", bulb: "💡", wave: "👋",
  information_source: "ℹ️", question: "❓", exclamation: "❗", books: "📚", book: "📖", link: "🔗", clock3: "🕒",
  calendar: "📅", round_pushpin: "📍", cityscape: "🏙️", handshake: "🤝", ship: "🚢", memo: "📝", bell: "🔔",
  no_bell: "🔕", eyes: "👀", tada: "🎉", thumbsup: "👍", "+1": "👍", "-1": "👎", arrow_right: "➡️", pencil: "📝",
};
// Slack formats only between word boundaries; Chinese characters count as letters there.
const EDGE = "[\\p{L}\\p{N}_]";
const styled = (mark) => `(?<!${EDGE}|[${mark}])[${mark}](?=\\S)([^${mark}\\n]*?\\S)[${mark}](?!${EDGE}|[${mark}])`;
const INLINE = new RegExp(`\`([^\`\\n]+)\`|<([^<>\\n]+)>|${styled("*")}|${styled("_")}|${styled("~")}`, "gu");

export const unescape = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
export const emoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (all, name) => EMOJI[name] ?? all);

// Chinese says that it is Chinese, so that it is read aloud and drawn as such.
const CHINESE = /[\p{Script=Han}〇](?:[\p{Script=Han}〇\d ，。、；：？！（）《》“”·—…%]*[\p{Script=Han}〇，。、；：？！）》”])?/gu;
export function words(text) {
  const found = [...text.matchAll(CHINESE)];
  if (!found.length) return text;
  const out = document.createDocumentFragment();
  let at = 0;
  for (const run of found) {
    if (run.index > at) out.append(text.slice(at, run.index));
    out.append(el("span", { lang: "zh" }, run[0]));
    at = run.index + run[0].length;
  }
  if (at < text.length) out.append(text.slice(at));
  return out;
}

// A text object of Block Kit, as nodes.
export function text(object, at) {
  if (!object) return "";
  return object.type === "mrkdwn" ? mrkdwn(object.text, at.people) : words(emoji(unescape(object.text)));
}

export function mrkdwn(text, people) {
  const out = document.createDocumentFragment();
  text.split("```").forEach((part, index) => {
    if (index % 2) out.append(el("pre", {}, words(unescape(part.replace(/^\n/, "")))));
    else out.append(paragraphs(part, people));
  });
  return out;
}

function paragraphs(text, people) {
  const out = document.createDocumentFragment();
  let quote = null;
  text.split("\n").forEach((line, index) => {
    const quoted = line.match(/^(?:&gt;|>) ?(.*)$/);
    if (quoted) {
      if (!quote) out.append((quote = el("blockquote")));
      else quote.append(el("br"));
      quote.append(inline(quoted[1], people));
      return;
    }
    if (index && !quote) out.append(el("br"));
    quote = null;
    out.append(inline(line, people));
  });
  return out;
}

function inline(text, people) {
  const out = document.createDocumentFragment();
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > at) out.append(words(emoji(unescape(text.slice(at, found.index)))));
    const [, code, form, bold, italic, struck] = found;
    if (code !== undefined) out.append(el("code", {}, words(unescape(code))));
    else if (form !== undefined) out.append(reference(form, people));
    else if (bold !== undefined) out.append(el("strong", {}, inline(bold, people)));
    else if (italic !== undefined) out.append(el("em", {}, inline(italic, people)));
    else out.append(el("s", {}, inline(struck, people)));
    at = found.index + found[0].length;
  }
  if (at < text.length) out.append(words(emoji(unescape(text.slice(at)))));
  return out;
}

function reference(form, people) {
  const [target, label] = form.split(/\|(.*)/s);
  const name = label === undefined ? undefined : unescape(label);
  if (target.startsWith("@")) return mention("@" + (people.users[target.slice(1)]?.name ?? name ?? "unknown"));
  if (target.startsWith("#")) {
    return mention("#" + (people.channels.get(target.slice(1))?.name ?? name ?? "private-channel"));
  }
  if (target.startsWith("!date^")) return document.createTextNode(localDate(target, name));
  if (target.startsWith("!")) return mention("@" + target.slice(1).split("^")[0], "loud");
  return link(unescape(target), words(name ?? unescape(target)));
}

const mention = (text, extra = "") => el("span", { class: `mention ${extra}` }, text);
