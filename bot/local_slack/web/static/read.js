// What this person has read of each conversation and thread, remembered by this browser: what came since is unread.
import { seen } from "./state.js";

const PLACE = "yrd-desk/read";
const marks = remembered();
// Where one came back to what was unread: the first of it, by conversation or thread. A line stands before it.
const lines = new Map();

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? {};
  } catch {
    return {};
  }
}

const key = (channel, thread) => [seen.me, channel, thread].filter(Boolean).join("/");
// A thread that was never opened here is as old as one's first look at the workspace.
const upTo = (channel, thread) => marks[key(channel, thread)] ?? (thread ? marks[seen.me] : "") ?? "";

// Of the first look at a workspace everything counts as read.
export function beginReading() {
  const held = [...seen.messages.values()];
  const newest = (of) => of.reduce((ts, m) => (m.ts > ts ? m.ts : ts), "0");
  marks[seen.me] ??= newest(held);
  for (const id of seen.channels.keys()) marks[key(id)] ??= newest(held.filter((m) => m.channel === id));
  keep();
}

const isNews = (m, channel, thread) => m.channel === channel && m.user !== seen.me && m.ts > upTo(channel, thread)
  && (thread ? m.thread_ts === thread : !m.thread_ts || m.broadcast);

const news = (channel, thread) => [...seen.messages.values()].filter((m) => isNews(m, channel, thread)).map((m) => m.ts).sort();

export const unreadIn = (channel, thread) => news(channel, thread).length;

// Threads one follows: those one began or wrote in.
function followed(channel) {
  const mine = [...seen.messages.values()].filter((m) => m.channel === channel && m.user === seen.me);
  return new Set(mine.map((m) => m.thread_ts || m.ts));
}

export const unread = (channel) => unreadIn(channel) + [...followed(channel)].reduce((sum, ts) => sum + unreadIn(channel, ts), 0);

// What was unread is read now. `back` says that it came while one did not look: then a line marks where it begins.
export function read(channel, thread = "", back = false) {
  const fresh = news(channel, thread);
  if (!fresh.length) return false;
  // Where all there is is new, no line is needed to tell.
  const known = [...seen.messages.values()].some((m) => m.channel === channel && m.ts < fresh[0] && (thread ? m.thread_ts === thread : true));
  if (back && known) lines.set(key(channel, thread), fresh[0]);
  marks[key(channel, thread)] = fresh.at(-1);
  keep();
  return true;
}

export const lineOf = (channel, thread = "") => lines.get(key(channel, thread)) ?? "";
export const takeLineAway = (channel, thread = "") => lines.delete(key(channel, thread));

function keep() {
  try {
    localStorage.setItem(PLACE, JSON.stringify(marks));
  } catch {
    // A browser that keeps nothing begins anew when it comes back.
  }
}
