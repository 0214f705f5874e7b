// The page: holds what this person sees, asks for changes by version, draws them, sends what the person does.
import { blocks, text } from "./blocks.js";
import { composer } from "./composer.js";
import { arrange, el, icon } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";

const $ = (id) => document.getElementById(id);
const place = new URLSearchParams(location.hash.slice(1));
const seen = {
  version: 0, epoch: "", me: place.get("as") ?? "", users: {}, channels: new Map(), messages: new Map(), nodes: new Map(),
  commands: [], shortcuts: [], bot: "", modal: null, home: null, unread: new Map(), started: false,
};
let here = place.get("in") ?? "";
let thread = "";
let tab = "messages";
let timer = 0;

// -- asking ------------------------------------------------------------------------------------------------
async function refresh(soon) {
  clearTimeout(timer);
  try {
    const query = new URLSearchParams({ as: seen.me, since: seen.version, epoch: seen.epoch });
    const answer = await fetch(`/workspace/updates?${query}`, { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.statusText);
    take(await answer.json());
    $("offline").hidden = true;
  } catch (error) {
    console.warn("no update", error);
    $("offline").hidden = false;
  }
  timer = setTimeout(refresh, document.hidden ? 4000 : soon > 0 ? 80 : 400, Math.max(0, (soon || 0) - 1));
}

async function act(deed, body = {}) {
  const answer = await fetch("/workspace/act", {
    method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ as: seen.me, do: deed, ...body }),
  }).catch(() => null);
  if (!answer?.ok) $("offline").hidden = false;
  refresh(12);
}

function take(news) {
  if (news.epoch !== seen.epoch) Object.assign(seen, { messages: new Map(), nodes: new Map(), epoch: news.epoch });
  if (news.commands) Object.assign(seen, { commands: news.commands, shortcuts: news.shortcuts });
  if (news.version === seen.version && seen.started) return;
  const first = !seen.started;
  Object.assign(seen, { version: news.version, started: true });
  if (!news.me) return;
  Object.assign(seen, { me: news.me, users: news.users, bot: news.bot, home: news.home });
  seen.channels = new Map(news.channels.map((c) => [c.id, c]));
  if (!seen.channels.has(here)) here = (news.channels.find((c) => c.kind === "im") ?? news.channels[0]).id;
  for (const message of news.messages) {
    const key = `${message.channel}/${message.ts}`;
    if (message.deleted) seen.messages.delete(key);
    else seen.messages.set(key, message);
    if (!first && message.channel !== here && message.user !== seen.me) seen.unread.set(message.channel, true);
  }
  draw(news.modal);
}

// -- drawing -----------------------------------------------------------------------------------------------
function draw(modal) {
  drawSide();
  drawHead();
  drawMessages();
  drawThread();
  drawHome();
  drawModal(modal);
  const title = seen.channels.get(here);
  document.title = `${title.kind === "im" ? "" : "#"}${title.name} · local workspace`;
  history.replaceState(null, "", `#${new URLSearchParams({ as: seen.me, in: here })}`);
}

function drawSide() {
  const group = (words, kinds) => {
    const list = [...seen.channels.values()].filter((c) => kinds.includes(c.kind));
    return el("div", { role: "group", "aria-label": words }, el("h2", {}, words), ...list.map((c) =>
      el("button", {
        type: "button", class: `channel ${seen.unread.get(c.id) ? "unread" : ""}`, "aria-current": c.id === here ? "page" : null,
        "data-channel": c.id, onclick: () => go(c.id),
      }, el("span", { "aria-hidden": "true" }, c.kind === "private" ? icon("lock") : c.kind === "im" ? "≈" : "#"), c.name)));
  };
  const focused = document.activeElement?.dataset?.channel;
  $("channels").replaceChildren(group("Apps", ["im"]), group("Channels", ["public", "private"]));
  if (focused) $("channels").querySelector(`[data-channel="${focused}"]`)?.focus();
  const people = Object.entries(seen.users).filter(([, u]) => !u.bot);
  if ($("me").options.length !== people.length) {
    $("me").replaceChildren(...people.map(([id, u]) => el("option", { value: id }, u.name)));
  }
  $("me").value = seen.me;
}

function drawHead() {
  const channel = seen.channels.get(here);
  const im = channel.kind === "im";
  $("title").replaceChildren(channel.kind === "private" ? icon("lock") : im ? "" : "# ", channel.name);
  $("topic").textContent = im ? "Direct message with the app" : [channel.topic, channel.has_bot ? "" : "the app is not in this channel"].filter(Boolean).join(" · ");
  $("tabs").hidden = !im;
  if (!im) tab = "messages";
  for (const button of $("tabs").children) button.setAttribute("aria-selected", String(button.dataset.tab === tab));
  $("home").hidden = tab !== "home";
  $("messages").hidden = $("composer").hidden = tab !== "messages";
  const bot = seen.users[seen.bot]?.name;
  main.label(im ? `Message ${bot}, or type / for commands` : `Message #${channel.name}, or type / for commands`);
}

const inChannel = () => [...seen.messages.values()].filter((m) => m.channel === here).sort((a, b) => (a.ts < b.ts ? -1 : 1));

function follow(list, nodes) {
  const atEnd = list.dataset.end !== "no";
  const grew = nodes.length > list.children.length || nodes[0] !== list.children[0];
  arrange(list, nodes);
  if (atEnd || (grew && list.dataset.channel !== here)) list.scrollTop = list.scrollHeight;
  list.dataset.channel = here;
}

function drawMessages() {
  const all = inChannel();
  const replies = new Map();
  for (const m of all) if (m.thread_ts) replies.set(m.thread_ts, [...(replies.get(m.thread_ts) ?? []), m]);
  const roots = all.filter((m) => !m.thread_ts || m.broadcast);
  const nodes = roots.map((m, i) => messageNode(m, false, replies.get(m.ts), follows(m, roots[i - 1], replies)));
  follow($("messages"), nodes.length ? nodes : [welcome()]);
}

function drawThread() {
  const root = seen.messages.get(`${here}/${thread}`);
  $("thread").hidden = !root;
  if (!root) return;
  const replies = inChannel().filter((m) => m.thread_ts === thread);
  follow($("replies"), [root, ...replies].map((m) => messageNode(m, true)));
}

function welcome() {
  const channel = seen.channels.get(here);
  const bot = seen.users[seen.bot]?.name;
  const key = `welcome/${here}`;
  const words = channel.kind === "im"
    ? [`This is your direct message with ${bot}.`, "Type a question, or / to see the commands."]
    : [`This is the beginning of #${channel.name}.`, `Type / to see the commands, or mention @${bot} to ask in a thread.`];
  if (!seen.nodes.has(key)) seen.nodes.set(key, { node: el("div", { class: "welcome" }, el("p", {}, el("strong", {}, words[0])), el("p", {}, words[1])) });
  return seen.nodes.get(key).node;
}

// Whether a message stands under the same name as the one before.
const follows = (message, previous, replies) =>
  Boolean(previous) && previous.user === message.user && !previous.ephemeral && !message.ephemeral && !previous.slack
  && Number(message.ts) - Number(previous.ts) < 300 && !replies.has(previous.ts);

function messageNode(message, inThread, replies = [], close = false) {
  const key = `${seen.me}/${message.channel}/${message.ts}/${inThread}`;
  const state = `${message.version}/${replies.length}/${close}`;
  const old = seen.nodes.get(key);
  if (old?.state === state) return old.node;
  const node = drawMessage(message, message.ephemeral ? [] : replies, close, inThread);
  seen.nodes.set(key, { state, node });
  return node;
}

function drawMessage(message, replies, close, inThread) {
  const user = message.slack ? { name: "Slackbot", bot: true } : seen.users[message.user] ?? { name: "Unknown", bot: false };
  const when = new Date(Number(message.ts) * 1000);
  const clock = el("time", { datetime: when.toISOString(), title: when.toLocaleString() },
    when.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
  const at = { people: seen, press: (block, e, chosen, node) => press("click", block, e, chosen, node, { channel: message.channel, ts: message.ts }) };
  const body = el("div", { class: "body" });
  if (message.blocks.length) body.append(blocks(message.blocks, at));
  else body.append(el("div", { class: "text" }, mrkdwn(message.text, seen)));
  if (message.edited) body.append(el("span", { class: "quiet" }, "(edited)"));
  const classes = ["message", message.ephemeral && "ephemeral", close && "close"].filter(Boolean).join(" ");
  return el("div", { class: classes, role: "article", "aria-label": `${user.name}, ${clock.textContent}`, "data-ts": message.ts, tabindex: "-1" },
    el("div", { class: `face face-${user.bot ? "bot" : message.user.charCodeAt(4) % 5}`, "aria-hidden": "true" }, user.bot ? (message.slack ? "S" : "≈") : user.name[0]),
    el("div", { class: "content" },
      message.ephemeral && el("p", { class: "only" }, icon("eye"), "Only visible to you"),
      el("p", { class: "who" }, el("strong", {}, user.name), user.bot && el("span", { class: "badge" }, "APP"), clock),
      body,
      replies.length ? el("button", { type: "button", class: "replies", onclick: () => openThread(message.ts) },
        `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`) : null,
      message.ephemeral && el("button", { type: "button", class: "dismiss", onclick: () => act("dismiss", { channel: message.channel, ts: message.ts }) }, "Dismiss message")),
    message.ephemeral ? null : tools(message, inThread));
}

function tools(message, inThread) {
  const run = (callback_id) => act("shortcut", { channel: message.channel, ts: message.ts, callback_id });
  const many = seen.shortcuts.map((s) => el("button", { type: "button", "data-shortcut": s.callback_id, onclick: () => run(s.callback_id) }, icon("bolt"), s.name));
  const reply = inThread ? null : el("button", { type: "button", class: "reply-to", onclick: () => openThread(message.ts, true) }, icon("reply"), "Reply in thread");
  return el("div", { class: "tools" }, reply, ...many);
}

function drawHome() {
  const home = seen.home;
  const at = { people: seen, press: (block, e, chosen, node) => press("click_home", block, e, chosen, node) };
  const box = $("home");
  if (box.dataset.hash === (home?.hash ?? "")) return;
  box.dataset.hash = home?.hash ?? "";
  box.replaceChildren(home ? blocks(home.blocks, at) : el("p", { class: "quiet" }, "The app has not published a Home tab yet."));
}

function drawModal(modal) {
  const dialog = $("modal");
  if (!modal) {
    seen.modal = null;
    if (dialog.open) dialog.close();
    return;
  }
  const state = `${modal.id}/${modal.version}`;
  if (seen.modal === state) return;
  const kept = seen.modal?.startsWith(modal.id) ? values(dialog) : {};
  seen.modal = state;
  const at = { people: seen, errors: modal.errors, press: (block, e, chosen, node) => press("click_modal", block, e, chosen, node) };
  const form = el("form", { method: "dialog", onsubmit: (event) => { event.preventDefault(); act("submit", { typed: values(dialog) }); } },
    el("header", {}, el("h2", { id: "modal-title" }, text(modal.title, at)),
      el("button", { type: "button", class: "icon", "aria-label": "Close", onclick: () => act("close") }, icon("close"))),
    modal.errors[""] && el("p", { class: "error", role: "alert" }, modal.errors[""]),
    el("div", { class: "modal-body" }, blocks(modal.blocks, at)),
    el("footer", {}, el("button", { type: "button", class: "button", onclick: () => act("close") }, modal.close ? text(modal.close, at) : "Close"),
      modal.submit && el("button", { class: "button primary" }, text(modal.submit, at))));
  dialog.replaceChildren(form);
  // What was chosen stays when the bot refuses a submission.
  for (const node of dialog.querySelectorAll(".held")) {
    const value = kept[node.dataset.action];
    if (value === undefined) continue;
    if (node.heldRestore) node.heldRestore(value ?? []);
    else node.value = value ?? "";
  }
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input.held, textarea.held, select.held, .held input, .block button")?.focus();
  dialog.querySelector(".error")?.scrollIntoView({ block: "center" });
}

const values = (root) => Object.fromEntries([...root.querySelectorAll(".held")].map((node) => [node.dataset.action, node.heldValue()]));

// -- doing -------------------------------------------------------------------------------------------------
function press(deed, block, e, chosen, node, extra = {}) {
  node.setAttribute("aria-busy", "true");
  setTimeout(() => node.removeAttribute("aria-busy"), 1500);
  act(deed, { ...extra, block_id: block.block_id, action_id: e.action_id, chosen });
}

function go(channel) {
  here = channel;
  thread = "";
  tab = "messages";
  seen.unread.delete(channel);
  if (seen.channels.get(channel).kind === "im") act("home", { tab: "messages" });
  redraw();
  main.focus();
}

// Draws again what is already here: the modal is left as it stands.
function redraw() {
  drawSide(); drawHead(); drawMessages(); drawThread(); drawHome();
  history.replaceState(null, "", `#${new URLSearchParams({ as: seen.me, in: here })}`);
}

function openThread(ts, focus) {
  thread = ts;
  drawThread();
  if (focus) side.focus();
  else $("replies").focus();
}

function closeThread() {
  const node = $("messages").querySelector(`[data-ts="${thread}"]`);
  thread = "";
  drawThread();
  (node?.querySelector(".replies") ?? node)?.focus();
}

// A list that shows its end goes on showing it, whatever changes its size.
for (const list of [$("messages"), $("replies")]) {
  list.addEventListener("scroll", () => {
    list.dataset.end = list.scrollHeight - list.scrollTop - list.clientHeight < 80 ? "yes" : "no";
  });
  new ResizeObserver(() => { if (list.dataset.end !== "no") list.scrollTop = list.scrollHeight; }).observe(list);
}

const say = (words, ts) => act("say", { channel: here, text: words, thread: ts });
const typing = { commands: () => seen.commands, people: () => Object.values(seen.users).filter((u) => u.handle !== "slackbot") };
const main = composer($("composer"), { label: "Message", ...typing, send: (words) => say(words, "") });
const side = composer($("reply"), { ...typing, label: "Reply in thread", commands: () => [], send: (words) => say(words, thread) });
side.label("Reply…");

$("me").addEventListener("change", () => {
  Object.assign(seen, { me: $("me").value, version: 0, epoch: "", messages: new Map(), nodes: new Map(), started: false, modal: null, unread: new Map() });
  thread = "";
  if ($("modal").open) $("modal").close();
  if (seen.channels.get(here)?.kind === "im") here = "";
  refresh();
});
$("close-thread").append(icon("close"));
$("close-thread").addEventListener("click", closeThread);
$("modal").addEventListener("cancel", (event) => { event.preventDefault(); act("close"); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && thread && !$("modal").open) closeThread(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
for (const button of $("tabs").children) {
  button.addEventListener("click", () => {
    tab = button.dataset.tab;
    act("home", { tab });
    redraw();
  });
}
refresh().then(() => main.focus());
