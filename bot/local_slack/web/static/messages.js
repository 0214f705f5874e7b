// A message as it stands in a channel or a thread, with what can be done with it.
import { blocks } from "./blocks.js";
import { el, icon } from "./dom.js";
import { files } from "./files.js";
import { mrkdwn } from "./mrkdwn.js";
import { menuButton } from "./menu.js";
import { unreadIn } from "./read.js";
import { act, presser, seen } from "./state.js";
import { at as moment, clock, day, dayLine, whole } from "./time.js";

const WAITED = 10000;

// `open(ts, write)` shows a thread; `said(words)` tells screen readers and shows it for a moment.
export function messageNode(message, inThread, { open, said }, replies = [], close = false) {
  const key = `${seen.me}/${message.channel}/${message.ts}/${inThread}`;
  const fresh = replies.length ? unreadIn(message.channel, message.ts) : 0;
  const state = `${message.version}/${replies.length}/${close}/${fresh}`;
  const old = seen.nodes.get(key);
  if (old?.state === state) return old.node;
  const node = draw(message, message.ephemeral ? [] : replies, fresh, close, inThread, { open, said });
  seen.nodes.set(key, { state, node });
  return node;
}

// Whether a message stands under the same name as the one before.
export const follows = (message, previous, replies) =>
  Boolean(previous) && previous.user === message.user && !previous.ephemeral && !message.ephemeral && !previous.slack
  && Number(message.ts) - Number(previous.ts) < 300 && !replies.has(previous.ts) && day(moment(message.ts)) === day(moment(previous.ts));

// A line of its own above messages: a day, or where what is new begins.
export function lineNode(kind, ts = "") {
  const text = kind === "new" ? "New" : dayLine(moment(ts));
  const key = `line/${kind}/${kind === "new" ? ts : day(moment(ts))}`;
  if (seen.nodes.get(key)?.state !== text) {
    seen.nodes.set(key, { state: text, node: el("div", { class: `line line-${kind}`, role: "separator", "aria-label": kind === "new" ? "New messages" : text }, el("span", {}, text)) });
  }
  return seen.nodes.get(key).node;
}

function draw(message, replies, fresh, close, inThread, ways) {
  const user = message.slack ? { name: "Slackbot", bot: true } : seen.users[message.user] ?? { name: "Unknown", bot: false };
  const when = moment(message.ts);
  const time = el("time", { datetime: when.toISOString(), title: whole(when) }, clock(when));
  const where = { channel: message.channel, ts: message.ts };
  const ask = (asked) => act("say", { channel: message.channel, text: asked, thread: "" });
  const at = { people: seen, pictures: message.pictures, ask, press: presser("click", () => {
    // Whoever presses a button further up waits for what comes at the end.
    seen.waiting = { channel: message.channel, thread: inThread ? message.thread_ts || message.ts : "", until: Date.now() + WAITED };
    return where;
  }) };
  const body = el("div", { class: "body" });
  if (message.blocks.length) body.append(blocks(message.blocks, at));
  else body.append(el("div", { class: "text" }, mrkdwn(message.text, seen)));
  if (message.files?.length) body.append(files(message.files, ask));
  if (message.edited) body.append(el("span", { class: "quiet" }, "(edited)"));
  const classes = ["message", message.ephemeral && "ephemeral", close && "close"].filter(Boolean).join(" ");
  return el("div", { class: classes, role: "article", "aria-label": `${user.name}, ${clock(when)}`, "data-ts": message.ts, tabindex: "-1" },
    close ? el("time", { class: "face", "aria-hidden": "true", datetime: when.toISOString() }, clock(when)) : el("div", { class: `face face-${user.bot ? "bot" : message.user.charCodeAt(4) % 5}`, "aria-hidden": "true" }, user.bot ? (message.slack ? "S" : "≈") : user.name[0]),
    el("div", { class: "content" },
      message.ephemeral && el("p", { class: "only" }, icon("eye"), "Only visible to you"),
      el("p", { class: "who" }, el("strong", {}, user.name), user.bot && el("span", { class: "badge" }, "APP"), time),
      body,
      replies.length ? el("button", { type: "button", class: "replies", "data-tool": "replies", onclick: () => ways.open(message.ts) },
        `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`, fresh ? el("span", { class: "fresh" }, `${fresh} new`) : null) : null,
      message.ephemeral && el("button", { type: "button", class: "dismiss", "data-tool": "dismiss", onclick: () => act("dismiss", where) }, "Dismiss message")),
    message.ephemeral ? null : tools(message, inThread, where, body, ways));
}

// What can be done with a message: replying stands open, all else in a menu, in words.
function tools(message, inThread, where, body, { open, said }) {
  const copy = () => {
    const link = `${location.origin}/#${new URLSearchParams({ in: message.channel, at: message.ts })}`;
    navigator.clipboard?.writeText(link).then(() => said("Link copied"), () => said(link));
  };
  const mine = message.user === seen.me ? [
    { sign: "pen", words: "Edit message", act: () => change(message, where, body) },
    { sign: "bin", words: "Delete message", act: () => act("delete", where) },
  ] : [];
  const menu = menuButton("More actions", () => [
    ...(inThread ? [] : [{ sign: "reply", words: "Reply in thread", act: () => open(message.ts, true) }]),
    ...seen.shortcuts.map((s) => ({ sign: "bolt", words: s.name, act: () => act("shortcut", { ...where, callback_id: s.callback_id }) })),
    { sign: "link", words: "Copy link", act: copy }, ...mine,
  ]);
  const reply = inThread ? null : el("button", { type: "button", class: "reply-to", "data-tool": "reply", onclick: () => open(message.ts, true) }, icon("reply"), el("span", {}, "Reply in thread"));
  return el("div", { class: "tools" }, reply, menu);
}

function change(message, where, body) {
  const plain = message.text.replace(/<@(\w+)>/g, (all, id) => `@${seen.users[id]?.name ?? id}`).replace(/<#(\w+)(\|[^>]*)?>/g, (all, id) => `#${seen.channels.get(id)?.name ?? id}`)
    .replace(/<(https?:[^|>]+)(\|[^>]*)?>/g, "$1").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  const box = el("textarea", { "aria-label": "Edit message", rows: 2 });
  box.value = plain;
  const before = [...body.childNodes];
  const back = () => body.replaceChildren(...before);
  const save = () => { if (box.value.trim()) act("edit", { ...where, text: box.value.trim() }); back(); };
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") back();
    else if (event.key === "Enter" && !event.shiftKey) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  body.replaceChildren(el("div", { class: "changing" }, box, el("button", { type: "button", class: "button", onclick: back }, "Cancel"),
    el("button", { type: "button", class: "button primary", onclick: save }, "Save")));
  box.focus();
}
