import { Customers } from "./customers.js";
import { byId, element, formatCount, setText } from "./elements.js";

/**
 * @typedef {import("../overview").Overview} Overview
 * @typedef {import("../overview").Level} Level
 * @typedef {import("../activity").AnsweredRequest} AnsweredRequest
 * @typedef {import("./customers.js").Target} Target
 */

const MOST_REQUESTS = 100;

const connection = byId("connection", HTMLElement);
const clock = byId("clock", HTMLElement);
const pause = byId("pause", HTMLButtonElement);
const filter = byId("filter", HTMLInputElement);
const count = byId("count", HTMLInputElement);
const authorization = byId("authorization", HTMLInputElement);
const result = byId("result", HTMLElement);
const customers = new Customers(byId("customers", HTMLTableElement), send);

/** @type {Overview} */
let overview = { customers: [], more: 0, stages: [], differences: [] };
/** Requests of each day by customer. @type {Map<string, readonly number[]>} */
let usage = new Map();
/** The events that came while the page is paused. @type {(() => void)[] | undefined} */
let waiting;

/** @param {() => void} draw */
const whenShown = (draw) => (waiting ? waiting.push(draw) : draw());

/** @type {EventSource | undefined} */
let events;
function connect() {
  events?.close();
  events = new EventSource(`/_tiers/events?filter=${encodeURIComponent(filter.value)}`);
  let isNew = true;
  events.addEventListener("open", () => {
    isNew = true;
    showConnection("good", "Live");
  });
  events.addEventListener("error", () => showConnection("bad", "Connection lost; trying again …"));
  on("overview", (/** @type {Overview} */ data) => {
    // A new connection begins with all that the server remembers.
    if (isNew) requestRows.replaceChildren();
    isNew = false;
    showOverview(data);
  });
  on("levels", showLevels);
  on("requests", showRequests);
}

/**
 * @template Data
 * @param {string} name
 * @param {(data: Data) => void} show
 */
function on(name, show) {
  events?.addEventListener(name, (event) => whenShown(() => show(JSON.parse(event.data))));
}

/** @param {string} state @param {string} text */
function showConnection(state, text) {
  connection.dataset.state = state;
  setText(connection, text);
}

/** @param {Overview} data */
function showOverview(data) {
  overview = data;
  usage = new Map();
  customers.show(data);
  const more = byId("more", HTMLElement);
  more.hidden = data.more === 0;
  setText(more, `${formatCount(data.more)} more customers; find them by name or tier.`);
  const section = byId("differences", HTMLElement);
  section.hidden = data.differences.length === 0;
  section.querySelector("ul")?.replaceChildren(...data.differences.map((text) => element("li", { text })));
}

/** @param {{ at: number, days: string[], levels: Record<string, Level> }} data */
function showLevels({ at, days, levels }) {
  setText(clock, `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`);
  customers.update(levels);
  for (const [id, level] of Object.entries(levels)) usage.set(id, level.usage);
  const table = byId("usage", HTMLTableElement);
  const head = [
    element("th", { text: "Customer", attributes: { scope: "col" } }),
    ...days.map((text) => element("th", { text: text.slice(5), class: "number", attributes: { scope: "col" } })),
  ];
  table.tHead?.replaceChildren(element("tr", { children: head }));
  table.tBodies[0]?.replaceChildren(
    ...overview.customers.map(({ id, name, plan }) =>
      element("tr", {
        children: [
          element("th", { text: plan === "" ? name : `${name}, ${plan}`, attributes: { scope: "row" } }),
          ...days.map((_, index) => element("td", { text: formatCount(usage.get(id)?.[index] ?? 0), class: "number" })),
        ],
      }),
    ),
  );
}

const requestRows = byId("requests", HTMLTableElement).tBodies[0] ?? element("tbody");
const RESULTS = { passed: "", throttled: " throttled", overQuota: " over quota", refused: " refused" };

/** @param {AnsweredRequest[]} requests the oldest first */
function showRequests(requests) {
  byId("no-requests", HTMLElement).hidden = true;
  for (const { at, request, key, plan, status, result, reason } of requests) {
    const state = status === 429 || status >= 500 ? "bad" : status >= 400 ? "low" : "good";
    const row = element("tr", {
      attributes: { "data-new": "" },
      children: [
        element("td", { text: new Date(at).toISOString().slice(11, 23) }),
        element("td", { text: request, class: "path" }),
        element("td", { text: key === undefined ? "–" : `${key}, ${plan}` }),
        element("td", { text: `${status}${RESULTS[result]}`, class: "state", attributes: { "data-state": state } }),
        element("td", { text: reason, class: "reason" }),
      ],
    });
    requestRows.prepend(row);
  }
  while (requestRows.childElementCount > MOST_REQUESTS) requestRows.lastElementChild?.remove();
}

/** @param {Target} target @param {HTMLButtonElement} button */
async function send(target, button) {
  if (button.ariaDisabled === "true" || !count.reportValidity()) return;
  button.ariaDisabled = "true";
  const what = `${target.route} on ${target.api}/${target.stage} as ${target.key ?? "anyone"}`;
  setText(result, `Sending ${formatCount(count.valueAsNumber)} times ${what} …`);
  try {
    const token = authorization.value === "" ? {} : { authorization: authorization.value };
    const answer = await fetch("/_tiers/bursts", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...target, count: count.valueAsNumber, ...token }),
    });
    const { statuses, message } = await answer.json();
    const counts = Object.entries(statuses ?? {}).map(([status, times]) => `${formatCount(Number(times))} × ${status}`);
    setText(result, statuses ? `${what}: ${counts.join(", ")}` : `Not sent: ${message}`);
  } catch {
    setText(result, "Not sent: the local gateway does not answer.");
  } finally {
    button.ariaDisabled = null;
  }
}

pause.addEventListener("click", () => {
  const drawn = waiting;
  waiting = drawn ? undefined : [];
  for (const draw of drawn ?? []) draw();
  pause.setAttribute("aria-pressed", String(waiting !== undefined));
});

/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing;
filter.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(connect, 250);
});
byId("settings", HTMLFormElement).addEventListener("submit", (event) => event.preventDefault());

connect();
