// The page: takes what changed, draws it, and goes where the person wants to look.
import { composer } from "./composer.js";
import { arrange, el, icon } from "./dom.js";
import { drawDrawer, take as takeSaw } from "./drawer.js";
import { follows, messageNode } from "./messages.js";
import { act, onNews, refresh, seen, wantsTour } from "./state.js";
import { reader } from "./time.js";
import { drawTour } from "./tour.js";
import { drawHome, drawModal } from "./views.js";

const $ = (id) => document.getElementById(id);
const tourBox = $("tour");

onNews((news) => {
  if (news.saw && takeSaw(news.saw)) drawDrawer($("saw"));
  if (news.epoch !== seen.epoch) Object.assign(seen, { messages: new Map(), nodes: new Map(), epoch: news.epoch });
  if (news.commands) Object.assign(seen, { commands: news.commands, shortcuts: news.shortcuts });
  if (news.version === seen.version && seen.started) return;
  const first = !seen.started;
  Object.assign(seen, { version: news.version, started: true });
  if (!news.me) return;
  Object.assign(seen, { me: news.me, users: news.users, bot: news.bot, home: news.home, tour: news.tour, ahead: news.ahead, fresh: false });
  Object.assign(reader, { zone: news.users[news.me].tz, locale: news.users[news.me].locale });
  seen.channels = new Map(news.channels.map((c) => [c.id, c]));
  if (!seen.channels.has(seen.here)) seen.here = (news.channels.find((c) => c.kind === "im") ?? news.channels[0]).id;
  for (const message of news.messages) {
    const key = `${message.channel}/${message.ts}`;
    if (message.deleted) seen.messages.delete(key);
    else seen.messages.set(key, message);
    if (!first && !message.deleted && message.channel !== seen.here && message.user !== seen.me) seen.unread.set(message.channel, true);
  }
  if (first && seen.tab === "home") act("home", { tab: "home" });
  draw();
  if (first) main.renew();
  drawModal($("modal"), news.modal);
  drawTour(tourBox, followTour);
  // A modal makes everything outside it inert; the tour's buttons are needed there too.
  const host = $("modal").open ? $("modal") : $("main");
  if (tourBox.parentNode !== host) host.prepend(tourBox);
  if (seen.tour?.thread && !seen.thread) openLastThread();
  if (seen.wanted) jump(seen.wanted);
});

// -- drawing -----------------------------------------------------------------------------------------------
// The modal is left as it stands: only news changes it.
function draw() {
  drawSide();
  drawHead();
  drawMessages();
  drawThread();
  drawHome($("home"));
  const channel = seen.channels.get(seen.here);
  document.title = `${channel.kind === "im" ? "" : "#"}${channel.name} · local workspace`;
  const where = { as: seen.me, in: seen.here, ...(seen.tab === "home" ? { tab: "home" } : {}) };
  history.replaceState(null, "", `#${new URLSearchParams(where)}`);
}

function drawSide() {
  const group = (words, kinds) => {
    const list = [...seen.channels.values()].filter((c) => kinds.includes(c.kind));
    return el("div", { role: "group", "aria-label": words }, el("h2", {}, words), ...list.map((c) =>
      el("button", {
        type: "button", class: `channel ${seen.unread.get(c.id) ? "unread" : ""}`, "aria-current": c.id === seen.here ? "page" : null,
        "data-channel": c.id, onclick: () => go(c.id),
      }, el("span", { "aria-hidden": "true" }, c.kind === "private" ? icon("lock") : c.kind === "im" ? "≈" : "#"), c.name,
      seen.unread.get(c.id) ? el("span", { class: "unseen" }, ", new messages") : null)));
  };
  const focused = document.activeElement?.dataset?.channel;
  $("channels").replaceChildren(group("Apps", ["im"]), group("Channels", ["public", "private"]));
  if (focused) $("channels").querySelector(`[data-channel="${focused}"]`)?.focus();
  const people = Object.entries(seen.users).filter(([, u]) => !u.bot);
  if ($("me").options.length !== people.length) {
    $("me").replaceChildren(...people.map(([id, u]) => el("option", { value: id }, u.name)));
  }
  $("me").value = seen.me;
  $("ahead").hidden = !seen.ahead;
  const hours = Math.round(seen.ahead / 3600);
  $("ahead").textContent = hours >= 48 ? `${Math.round(hours / 24)} days ahead` : `${hours} hours ahead`;
}

function drawHead() {
  const channel = seen.channels.get(seen.here);
  const im = channel.kind === "im";
  $("title").replaceChildren(channel.kind === "private" ? icon("lock") : im ? "" : "# ", channel.name);
  $("topic").textContent = im ? "Direct message with the app" : [channel.topic, channel.has_bot ? "" : "the app is not in this channel"].filter(Boolean).join(" · ");
  $("tabs").hidden = !im;
  if (!im) seen.tab = "messages";
  for (const button of $("tabs").children) {
    const is = button.dataset.tab === seen.tab;
    button.setAttribute("aria-selected", String(is));
    button.tabIndex = is ? 0 : -1;
  }
  $("home").hidden = seen.tab !== "home";
  $("messages").hidden = $("composer").hidden = seen.tab !== "messages";
  const bot = seen.users[seen.bot]?.name;
  main.label(im ? `Message ${bot}, or type / for commands` : `Message #${channel.name}, or type / for commands`);
}

const inChannel = () => [...seen.messages.values()].filter((m) => m.channel === seen.here).sort((a, b) => (a.ts < b.ts ? -1 : 1));

function follow(list, nodes, key = seen.here) {
  const atEnd = list.dataset.end !== "no";
  const grew = nodes.length > list.children.length || nodes[0] !== list.children[0];
  const last = nodes.at(-1);
  const news = last !== list.lastElementChild;
  arrange(list, nodes);
  if (atEnd || (grew && list.dataset.key !== key)) {
    // Of an answer longer than the list one wants to read the beginning.
    if (news && (list.dataset.key === key || key !== seen.here) && last.offsetHeight > list.clientHeight) last.scrollIntoView({ block: "start" });
    else if (news || last.offsetHeight <= list.clientHeight) list.scrollTop = list.scrollHeight;
  }
  list.dataset.key = key;
}

const ways = { open: openThread, said };

function drawMessages() {
  const all = inChannel();
  const replies = new Map();
  for (const m of all) if (m.thread_ts) replies.set(m.thread_ts, [...(replies.get(m.thread_ts) ?? []), m]);
  const roots = all.filter((m) => !m.thread_ts || m.broadcast);
  const nodes = roots.map((m, i) => messageNode(m, false, ways, replies.get(m.ts), follows(m, roots[i - 1], replies)));
  follow($("messages"), nodes.length ? nodes : [welcome()]);
}

function drawThread() {
  const root = seen.messages.get(`${seen.here}/${seen.thread}`);
  $("thread").hidden = !root;
  if (!root) return;
  const replies = inChannel().filter((m) => m.thread_ts === seen.thread);
  follow($("replies"), [root, ...replies].map((m) => messageNode(m, true, ways)), `${seen.here}/${seen.thread}`);
}

function welcome() {
  const channel = seen.channels.get(seen.here);
  const bot = seen.users[seen.bot]?.name;
  const key = `welcome/${seen.here}`;
  const words = channel.kind === "im"
    ? [`This is your direct message with ${bot}.`, "Type a question, or / to see the commands."]
    : [`This is the beginning of #${channel.name}.`, channel.has_bot ? `Type / to see the commands, or mention @${bot} to ask in a thread.` : `${bot} is not here: type /invite @${bot} to bring it in. Commands work all the same.`];
  const begin = el("button", { type: "button", class: "button", onclick: () => act("tour", { what: "start" }) }, "Take the tour");
  const state = String(channel.has_bot);
  if (seen.nodes.get(key)?.state !== state) seen.nodes.set(key, { state, node: el("div", { class: "welcome" }, el("p", {}, el("strong", {}, words[0])), el("p", {}, words[1]), el("p", {}, begin)) });
  return seen.nodes.get(key).node;
}

// -- going -------------------------------------------------------------------------------------------------
function go(channel, focus = true) {
  Object.assign(seen, { here: channel, thread: "", tab: "messages" });
  seen.unread.delete(channel);
  if (seen.channels.get(channel).kind === "im") act("home", { tab: "messages" });
  draw();
  if (focus) main.focus();
}

function show(tab) {
  seen.tab = tab;
  act("home", { tab });
  draw();
}

function openThread(ts, write) {
  seen.thread = ts;
  drawThread();
  if (write) side.focus();
  else $("replies").focus();
}

function openLastThread() {
  const root = inChannel().filter((m) => !m.thread_ts && !m.ephemeral).at(-1);
  if (inChannel().some((m) => m.thread_ts === root?.ts)) openThread(root.ts);
}

function closeThread() {
  const node = $("messages").querySelector(`[data-ts="${seen.thread}"]`);
  seen.thread = "";
  drawThread();
  (node?.querySelector(".replies") ?? node)?.focus();
}

// To one message, in its thread where it stands in one.
function jump(ts) {
  const message = seen.messages.get(`${seen.here}/${ts}`);
  seen.wanted = "";
  if (!message) return said("That message is not here any more.");
  if (message.thread_ts) openThread(message.thread_ts);
  const node = $(message.thread_ts ? "replies" : "messages").querySelector(`[data-ts="${ts}"]`);
  if (!node) return;
  node.scrollIntoView({ block: "center" });
  node.focus();
  node.classList.add("found");
  setTimeout(() => node.classList.remove("found"), 2500);
}

function toggleDrawer(open) {
  seen.drawer = open;
  $("drawer").hidden = !open;
  $("open-drawer").setAttribute("aria-expanded", String(open));
  if (open) {
    drawDrawer($("saw"));
    refresh();
  }
}

function followTour(step) {
  if (seen.me !== step.as) return become(step.as);
  if (seen.here !== step.channel) go(step.channel, false);
  if (seen.thread) closeThread();
  $("messages").dataset.end = "yes";
  if (seen.tab !== step.tab) show(step.tab);
  toggleDrawer(step.drawer);
}

function become(user) {
  Object.assign(seen, { me: user, version: 0, epoch: "", messages: new Map(), nodes: new Map(), started: false, modal: null, unread: new Map(), thread: "" });
  if ($("modal").open) $("modal").close();
  if (seen.channels.get(seen.here)?.kind === "im") seen.here = "";
  refresh();
}

let saying = 0;
function said(words) {
  $("said").textContent = words;
  clearTimeout(saying);
  saying = setTimeout(() => { $("said").textContent = ""; }, 4000);
}

// A permalink to this workspace stays in it: https://docs.slack.dev/reference/methods/chat.getPermalink
function followLink(event) {
  const found = event.target.closest?.("a")?.href.match(/^https:\/\/[\w-]+\.slack\.com\/archives\/(\w+)\/p(\d+)(\d{6})(?:\?|$)/);
  if (!found || !seen.channels.has(found[1])) return;
  event.preventDefault();
  go(found[1], false);
  jump(`${found[2]}.${found[3]}`);
}

// Arrows go from message to message; Alt with them from channel to channel; "/" is a command wherever one is.
function keys(event) {
  const node = document.activeElement;
  const busy = $("modal").open || document.querySelector("dialog.ask");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape" && seen.thread && !busy) closeThread();
  else if (event.key === "Escape" && seen.drawer && !busy) {
    toggleDrawer(false);
    $("open-drawer").focus();
  } else if (busy) return;
  else if (event.key === "/" && !node.matches("input, textarea, select") && !event.ctrlKey && !event.metaKey) {
    if (seen.tab === "home") show("messages");
    main.put("/");
    event.preventDefault();
  } else if (step && event.altKey) {
    const ids = [...$("channels").querySelectorAll("[data-channel]")].map((b) => b.dataset.channel);
    go(ids[(ids.indexOf(seen.here) + step + ids.length) % ids.length]);
    event.preventDefault();
  } else if (step && (node.classList.contains("message") || node === $("messages") || node === $("replies"))) {
    const list = node.closest("#messages, #replies");
    const rows = [...list.querySelectorAll(".message")];
    const at = rows.indexOf(node);
    rows[at < 0 ? rows.length - 1 : Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus();
    event.preventDefault();
  }
}

// A list that shows its end goes on showing it, whatever changes its size.
for (const list of [$("messages"), $("replies")]) {
  list.addEventListener("scroll", () => {
    list.dataset.end = list.scrollHeight - list.scrollTop - list.clientHeight < 80 ? "yes" : "no";
  });
  new ResizeObserver(() => { if (list.dataset.end !== "no" && !(list.lastElementChild?.offsetHeight > list.clientHeight)) list.scrollTop = list.scrollHeight; }).observe(list);
}

const say = (words, ts) => {
  $(ts ? "replies" : "messages").dataset.end = "yes";
  // Who types before the page knows where it is, is not to lose it.
  begun.then(() => act("say", { channel: seen.here, text: words, thread: ts }));
};
const typing = { commands: () => seen.commands, people: () => Object.values(seen.users).filter((u) => u.handle !== "slackbot") };
const main = composer($("composer"), { label: "Message", ...typing, send: (words) => say(words, "") });
const side = composer($("reply"), { ...typing, label: "Reply in thread", commands: () => [], send: (words) => say(words, seen.thread) });
side.label("Reply…");

$("me").addEventListener("change", () => become($("me").value));
for (const id of ["close-thread", "close-drawer"]) $(id).append(icon("close"));
$("close-thread").addEventListener("click", closeThread);
$("open-drawer").addEventListener("click", () => toggleDrawer(!seen.drawer));
$("close-drawer").addEventListener("click", () => { toggleDrawer(false); $("open-drawer").focus(); });
$("modal").addEventListener("cancel", (event) => { event.preventDefault(); act("close"); });
document.addEventListener("click", followLink);
document.addEventListener("keydown", keys);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
for (const button of $("tabs").children) button.addEventListener("click", () => show(button.dataset.tab));
$("tabs").addEventListener("keydown", (event) => {
  if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
  show(seen.tab === "home" ? "messages" : "home");
  $(`tab-${seen.tab}`).focus();
});
window.addEventListener("hashchange", () => {
  const to = new URLSearchParams(location.hash.slice(1));
  if (seen.users[to.get("as")] && to.get("as") !== seen.me) {
    Object.assign(seen, { here: to.get("in") ?? "", wanted: to.get("at") ?? "" });
    return become(to.get("as"));
  }
  if (seen.channels.has(to.get("in"))) go(to.get("in"), false);
  if (to.get("at")) jump(to.get("at"));
});
const begun = refresh();
begun.then(() => {
  main.focus();
  if (wantsTour) act("tour", { what: "start" });
});
