// A message as it stands in a channel or a thread, with what can be done with it.
import { blocks } from "./blocks.js";
import { el, icon } from "./dom.js";
import { files } from "./files.js";
import { mrkdwn } from "./mrkdwn.js";
import { act, presser, seen } from "./state.js";
import { at as moment, clock, whole } from "./time.js";

// `open(ts, write)` shows a thread; `said(words)` tells screen readers and shows it for a moment.
export function messageNode(message, inThread, { open, said }, replies = [], close = false) {
  const key = `${seen.me}/${message.channel}/${message.ts}/${inThread}`;
  const state = `${message.version}/${replies.length}/${close}`;
  const old = seen.nodes.get(key);
  if (old?.state === state) return old.node;
  const node = draw(message, message.ephemeral ? [] : replies, close, inThread, { open, said });
  seen.nodes.set(key, { state, node });
  return node;
}

// Whether a message stands under the same name as the one before.
export const follows = (message, previous, replies) =>
  Boolean(previous) && previous.user === message.user && !previous.ephemeral && !message.ephemeral && !previous.slack
  && Number(message.ts) - Number(previous.ts) < 300 && !replies.has(previous.ts);

function draw(message, replies, close, inThread, ways) {
  const user = message.slack ? { name: "Slackbot", bot: true } : seen.users[message.user] ?? { name: "Unknown", bot: false };
  const when = moment(message.ts);
  const time = el("time", { datetime: when.toISOString(), title: whole(when) }, clock(when));
  const where = { channel: message.channel, ts: message.ts };
  const ask = (asked) => act("say", { channel: message.channel, text: asked, thread: "" });
  const at = { people: seen, press: presser("click", () => where), pictures: message.pictures, ask };
  const body = el("div", { class: "body" });
  if (message.blocks.length) body.append(blocks(message.blocks, at));
  else body.append(el("div", { class: "text" }, mrkdwn(message.text, seen)));
  if (message.files?.length) body.append(files(message.files, ask));
  if (message.edited) body.append(el("span", { class: "quiet" }, "(edited)"));
  const classes = ["message", message.ephemeral && "ephemeral", close && "close"].filter(Boolean).join(" ");
  return el("div", { class: classes, role: "article", "aria-label": `${user.name}, ${clock(when)}`, "data-ts": message.ts, tabindex: "-1" },
    el("div", { class: `face face-${user.bot ? "bot" : message.user.charCodeAt(4) % 5}`, "aria-hidden": "true" }, user.bot ? (message.slack ? "S" : "≈") : user.name[0]),
    el("div", { class: "content" },
      message.ephemeral && el("p", { class: "only" }, icon("eye"), "Only visible to you"),
      el("p", { class: "who" }, el("strong", {}, user.name), user.bot && el("span", { class: "badge" }, "APP"), time),
      body,
      replies.length ? el("button", { type: "button", class: "replies", onclick: () => ways.open(message.ts) },
        `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`) : null,
      message.ephemeral && el("button", { type: "button", class: "dismiss", onclick: () => act("dismiss", where) }, "Dismiss message")),
    message.ephemeral ? null : tools(message, inThread, where, body, ways));
}

function tools(message, inThread, where, body, { open, said }) {
  const tool = (sign, label, action, shown = "", more = {}) =>
    el("button", { type: "button", "aria-label": shown ? null : label, title: shown ? null : label, onclick: action, ...more }, icon(sign), shown);
  const reply = inThread ? null : tool("reply", "Reply in thread", () => open(message.ts, true), "Reply in thread", { class: "reply-to" });
  const many = seen.shortcuts.map((s) => tool("bolt", s.name, () => act("shortcut", { ...where, callback_id: s.callback_id }), s.name, { "data-shortcut": s.callback_id }));
  const copy = tool("link", "Copy link", () => {
    const link = `${location.origin}/#${new URLSearchParams({ in: message.channel, at: message.ts })}`;
    navigator.clipboard?.writeText(link).then(() => said("Link copied"), () => said(link));
  });
  const mine = message.user === seen.me ? [
    tool("pen", "Edit message", () => change(message, where, body)),
    tool("bin", "Delete message", () => act("delete", where)),
  ] : [];
  return el("div", { class: "tools" }, reply, ...many, copy, ...mine);
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
