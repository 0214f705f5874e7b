// The page: takes what changed, draws it, and goes where the person wants to look.
import { composer } from "./composer.js";
import { el, icon } from "./dom.js";
import { drawDrawer, take as takeSaw } from "./drawer.js";
import { follow, watch } from "./lists.js";
import { follows, lineNode, messageNode } from "./messages.js";
import { beginReading, lineOf, read, takeLineAway, unread } from "./read.js";
import { count, drawSide } from "./side.js";
import { act, begun, onNews, onRefused, refresh, seen, wantsTour } from "./state.js";
import { isFirstVisit } from "./tab.js";
import { at, day, now, reader } from "./time.js";
import { drawTour, placeTour, tour } from "./tour.js";
import { drawHome, drawModal } from "./views.js";

const $ = (id) => document.getElementById(id);
const tourBox = $("tour");
// Who asks for the tour goes on in it.
let taken = false;
let today = "";
let guided = false;

onNews((news) => {
  if (news.saw && takeSaw(news.saw)) drawDrawer($("saw"));
  // An answer that was on its way before what was done since tells nothing that is new.
  if (news.epoch === seen.epoch && news.version < seen.version) return;
  if (news.epoch !== seen.epoch) Object.assign(seen, { messages: new Map(), nodes: new Map(), epoch: news.epoch });
  if (news.commands) Object.assign(seen, { commands: news.commands, shortcuts: news.shortcuts });
  guided ||= Boolean(news.guided);
  if (news.version === seen.version && seen.started) return turnOfDay();
  const first = !seen.started;
  Object.assign(seen, { version: news.version, started: true });
  if (!news.me) return;
  Object.assign(seen, { me: news.me, users: news.users, bot: news.bot, home: news.home, tour: news.tour, ahead: news.ahead, fresh: false });
  Object.assign(reader, { zone: news.users[news.me].tz, locale: news.users[news.me].locale, ahead: news.ahead });
  seen.channels = new Map(news.channels.map((c) => [c.id, c]));
  if (!seen.channels.has(seen.here)) seen.here = (news.channels.find((c) => c.kind === "im") ?? news.channels[0]).id;
  const looked = !first && looking();
  for (const message of news.messages) {
    const key = `${message.channel}/${message.ts}`;
    if (message.deleted) seen.messages.delete(key);
    else seen.messages.set(key, message);
  }
  if (first) {
    beginReading();
    if (seen.channels.get(seen.here).kind === "im") act("home", { tab: seen.tab });
  }
  const touring = tourBox.contains(document.activeElement);
  draw(!looked);
  if (first) main.renew();
  drawModal($("modal"), news.modal);
  drawTour(tourBox, followTour, main, touring || (taken && seen.tour?.number === 1));
  if (seen.tour) taken = false;
  if (seen.tour?.thread && !seen.thread) openLastThread();
  if (seen.wanted) jump(seen.wanted);
});

// -- drawing -----------------------------------------------------------------------------------------------
// The modal is left as it stands: only news changes it. `back` says that one did not look here until now.
function draw(back = false) {
  // Between two people there is nothing to draw: what is pressed meanwhile is drawn with the first news of the next.
  if (!seen.started) return;
  today = day(now());
  if (looking()) read(seen.here, "", back);
  if (seen.thread && !document.hidden) read(seen.here, seen.thread, back);
  drawSide(go);
  drawHead();
  drawMessages();
  drawThread();
  drawHome($("home"));
  const channel = seen.channels.get(seen.here);
  const fresh = [...seen.channels.keys()].reduce((sum, id) => sum + unread(id), 0);
  document.title = `${fresh ? `(${fresh}) ` : ""}${channel.kind === "im" ? "" : "#"}${channel.name} · local workspace`;
  giveBack();
  const where = { as: seen.me, in: seen.here, ...(seen.tab === "home" ? { tab: "home" } : {}) };
  history.replaceState(null, "", `#${new URLSearchParams(where)}`);
}

// Whether what arrives here is seen: the page is in sight, shows the messages, and shows their end.
function looking() {
  return !document.hidden && seen.tab === "messages" && $("messages").dataset.end !== "no";
}

// At midnight "Today" is another day.
function turnOfDay() {
  if (seen.channels.size && day(now()) !== today) draw();
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
    const waiting = button.dataset.tab === "messages" && !is ? unread(seen.here) : 0;
    button.replaceChildren(button.dataset.tab === "home" ? "Home" : "Messages", ...(waiting ? [" ", count(waiting)] : []));
  }
  $("home").hidden = seen.tab !== "home";
  $("messages").hidden = $("composer").hidden = seen.tab !== "messages";
  const bot = seen.users[seen.bot]?.name;
  main.label(im ? `Message ${bot}, or type / for commands` : `Message #${channel.name}, or type / for commands`);
}

const inChannel = () => [...seen.messages.values()].filter((m) => m.channel === seen.here).sort((a, b) => (a.ts < b.ts ? -1 : 1));

const ways = { open: openThread, said };

function drawMessages() {
  const all = inChannel();
  const replies = new Map();
  for (const m of all) if (m.thread_ts) replies.set(m.thread_ts, [...(replies.get(m.thread_ts) ?? []), m]);
  const roots = all.filter((m) => !m.thread_ts || m.broadcast);
  const begins = lineOf(seen.here);
  const nodes = roots.flatMap((m, i) => {
    const isNew = m.ts === begins;
    const isDay = day(at(m.ts)) !== (i ? day(at(roots[i - 1].ts)) : "");
    const node = messageNode(m, false, ways, replies.get(m.ts), !isNew && follows(m, roots[i - 1], replies));
    return [isDay && lineNode("day", m.ts), isNew && lineNode("new"), node].filter(Boolean);
  });
  follow($("messages"), nodes.length ? nodes : [welcome()]);
  $("below").hidden = looking() || seen.tab !== "messages" || !unread(seen.here);
}

function drawThread() {
  const root = seen.messages.get(`${seen.here}/${seen.thread}`);
  $("thread").hidden = !root;
  placeTour(tourBox);
  if (!root) return;
  const replies = inChannel().filter((m) => m.thread_ts === seen.thread);
  const begins = lineOf(seen.here, seen.thread);
  const nodes = [root, ...replies].flatMap((m) => [m.ts === begins && lineNode("new", "thread"), messageNode(m, true, ways)].filter(Boolean));
  follow($("replies"), nodes, `${seen.here}/${seen.thread}`);
}

function welcome() {
  const channel = seen.channels.get(seen.here);
  const bot = seen.users[seen.bot]?.name;
  const key = `welcome/${seen.here}`;
  const words = channel.kind === "im"
    ? [`This is your direct message with ${bot}.`, "Type a question, or / to see the commands."]
    : [`This is the beginning of #${channel.name}.`, channel.has_bot ? `Type / to see the commands, or mention @${bot} to ask in a thread.` : `${bot} is not here: type /invite @${bot} to bring it in. Commands work all the same.`];
  const state = String(channel.has_bot);
  if (seen.nodes.get(key)?.state !== state) seen.nodes.set(key, { state, node: el("div", { class: "welcome" }, el("p", {}, el("strong", {}, words[0])), el("p", {}, words[1])) });
  return seen.nodes.get(key).node;
}

// -- going -------------------------------------------------------------------------------------------------
function go(channel, focus = true) {
  if (channel !== seen.here) takeLineAway(seen.here);
  Object.assign(seen, { here: channel, thread: "", tab: "messages" });
  $("messages").dataset.end = "yes";
  if (seen.channels.get(channel).kind === "im") act("home", { tab: "messages" });
  draw(true);
  if (focus) main.focus();
}

function show(tab) {
  seen.tab = tab;
  act("home", { tab });
  draw(true);
}

function openThread(ts, write, focus = true) {
  if (seen.thread !== ts) takeLineAway(seen.here, seen.thread);
  seen.thread = ts;
  draw(true);
  if (write) side.focus();
  else if (focus) $("replies").focus();
}

function openLastThread() {
  const root = inChannel().filter((m) => !m.thread_ts && !m.ephemeral).at(-1);
  // Whoever goes on by the caption's buttons goes on from there.
  if (inChannel().some((m) => m.thread_ts === root?.ts)) openThread(root.ts, false, !tourBox.contains(document.activeElement));
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
  placeTour(tourBox);
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
}

function become(user) {
  Object.assign(seen, { me: user, version: 0, epoch: "", messages: new Map(), nodes: new Map(), started: false, modal: null, thread: "" });
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

onRefused(() => said("That was not taken: it is too long, or what it belongs to is gone."));

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

for (const list of [$("messages"), $("replies")]) watch(list, () => { if (unread(seen.here)) draw(true); });

const place = (thread) => [seen.me, seen.here, thread].join("/");
// What was not taken, by the place where it was said: it is given back there alone.
const unsent = new Map();
const say = async (words, ts) => {
  $(ts ? "replies" : "messages").dataset.end = "yes";
  takeLineAway(seen.here, ts);
  await begun;
  const from = place(ts);
  if (await act("say", { channel: seen.here, text: words, thread: ts })) return;
  unsent.set(from, [...(unsent.get(from) ?? []), words]);
  giveBack();
};

function giveBack() {
  if (seen.tab !== "messages") return;
  for (const [box, from] of [[main, place("")], [side, seen.thread && place(seen.thread)]]) {
    for (const words of unsent.get(from) ?? []) box.giveBack(words);
    unsent.delete(from);
  }
}

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
for (const [event, by] of [["pointermove", "pointer"], ["pointerdown", "pointer"], ["keydown", "keys"]]) {
  document.addEventListener(event, () => { if (document.body.dataset.by !== by) document.body.dataset.by = by; }, true);
}
document.addEventListener("keydown", keys);
$("below").addEventListener("click", () => {
  $("messages").scrollTop = $("messages").scrollHeight;
  main.focus();
});
$("take-tour").addEventListener("click", () => {
  taken = true;
  tour("start");
});
addEventListener("resize", () => placeTour(tourBox));
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  draw(true);
  refresh();
});
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
// Who follows a link to somewhere is not led elsewhere.
const wentSomewhere = location.hash.length > 1;
refresh();
begun.then(() => {
  // Whoever went to something meanwhile stays there.
  if (document.activeElement === document.body) main.focus();
  if (wantsTour || (guided && !wentSomewhere && isFirstVisit())) tour("start");
});
