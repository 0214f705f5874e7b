// What Slack saw: each payload and each call with its answer, newest first, and the limit it came nearest to.
import { el } from "./dom.js";
import { seen } from "./state.js";
import { at, clock } from "./time.js";

const KEPT = 200;
const NEAR = 0.8;

export function take(exchanges) {
  if (!exchanges?.length) return false;
  seen.saw = [...exchanges.reverse(), ...seen.saw].slice(0, KEPT);
  seen.last = seen.saw[0].number;
  return true;
}

export function drawDrawer(list) {
  const open = new Map([...list.children].map((node) => [node.dataset.number, node]));
  const nodes = seen.saw.map((exchange) => open.get(String(exchange.number)) ?? draw(exchange));
  if (nodes.length) list.replaceChildren(...nodes);
  else list.replaceChildren(el("p", { class: "quiet" }, "Nothing yet. Type a command, press a button, open Home."));
}

const json = (value) => el("pre", { tabindex: "0" }, typeof value === "string" ? value : JSON.stringify(value, null, 2));
const number = (value) => (value >= 1000 ? value.toLocaleString("en") : String(Math.round(value * 100) / 100));

function draw(x) {
  const good = x.status >= 200 && x.status < 300 && x.answer?.ok !== false;
  const share = x.usage ? x.usage.used / x.usage.most : 0;
  const outcome = x.status === 0 ? "no answer" : x.answer?.ok === false ? `${x.status} ${x.answer.error}` : String(x.status);
  const headers = Object.entries(x.headers).map(([name, value]) => `${name}: ${value}`).join("\n");
  const inward = x.way === "to the bot";
  return el("details", { class: "exchange", "data-number": x.number },
    el("summary", {},
      el("span", { class: `way ${inward ? "in" : "out"}` }, inward ? "to the app" : "from the app"), el("b", {}, x.name),
      el("span", { class: good ? "quiet" : "error" }, outcome), el("span", { class: "quiet" }, `${x.ms} ms · ${clock(at(x.at))}`),
      share >= NEAR && el("span", { class: "near" }, "near a limit")),
    x.usage && el("p", { class: "limit" }, el("meter", { min: 0, max: 1, low: NEAR, high: 1, optimum: 0, value: Math.min(share, 1), "aria-label": "Share of the limit" }),
      ` nearest limit: ${number(x.usage.used)} of ${number(x.usage.most)} ${x.usage.limit}`),
    headers && el("div", {}, el("h3", {}, "Headers"), json(headers)),
    el("h3", {}, inward ? "Signed payload" : "Arguments"), json(x.payload),
    el("h3", {}, inward ? "The app's answer" : "Slack's answer"), json(x.answer === "" || x.answer === null ? "(nothing)" : x.answer));
}
