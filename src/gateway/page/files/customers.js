import { element, formatCount, Gauge, setText } from "./elements.js";

/**
 * @typedef {import("../overview").Customer} Customer
 * @typedef {import("../overview").Overview} Overview
 * @typedef {import("../overview").Stage} Stage
 * @typedef {import("../overview").Level} Level
 * @typedef {{ key: string | null, api: string, stage: string, route: string }} Target
 * @typedef {(target: Target, button: HTMLButtonElement) => void} Send
 */

/** More buttons than these are shown when they are asked for. */
const MOST_OPEN = 40;

/** One customer of the table: figures that move, and a button for each route. */
class CustomerRows {
  /** @param {Customer | undefined} customer `undefined` for requests without a key @param {Stage[]} stages @param {Send} send */
  constructor(customer, stages, send) {
    this.targets = targetsOf(customer, stages);
    this.send = send;
    this.tokens = customer?.burstLimit ? new Gauge("Burst left", customer.burstLimit, customer.throttle) : undefined;
    this.quota = customer?.quotaLimit ? new Gauge("Quota left", customer.quotaLimit, customer.quota) : undefined;
    this.counts = { passed: countCell(), throttled: countCell(), overQuota: countCell(), refused: countCell() };
    this.methods = element("ul", { class: "quiet" });
    this.methods.hidden = true;
    /** @type {Map<string, Gauge>} */
    this.methodGauges = new Map();
    this.toggle = element("button", { text: "Routes", attributes: { type: "button", "aria-expanded": "false" } });
    const name = customer ? customer.name : "Anyone";
    this.toggle.setAttribute("aria-label", `Routes of ${name}`);
    this.toggle.addEventListener("click", () => this.open(this.details.hidden));
    const note = customer ? (customer.enabled ? "" : "disabled") : "without a valid key";
    const burst = element("td", { children: [this.tokens?.root ?? noLimit(customer)] });
    this.methodBox = burst;
    this.row = element("tr", {
      children: [
        element("th", {
          attributes: { scope: "row" },
          children: [element("div", { text: name }), element("small", { text: note, class: "quiet" })],
        }),
        element("td", { text: customer ? customer.plan || "none" : "–" }),
        burst,
        element("td", { children: [this.quota?.root ?? noLimit(customer)] }),
        ...Object.values(this.counts),
        element("td", { children: [this.toggle] }),
      ],
    });
    this.routes = element("td", { attributes: { colspan: "9" } });
    this.details = element("tr", { class: "details", children: [this.routes] });
    this.details.hidden = true;
    this.body = element("tbody", { children: [this.row, this.details] });
    this.name = name;
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    if (isOpen && this.routes.childElementCount === 0) this.routes.append(this.buttons());
    this.details.hidden = !isOpen;
    this.toggle.setAttribute("aria-expanded", String(isOpen));
  }

  buttons() {
    if (this.targets.length === 0) return element("p", { text: "No route is open to this customer.", class: "quiet" });
    const items = this.targets.map(({ target, note }) => {
      const place = `${target.route} on ${target.api}/${target.stage}`;
      const suffix = note && ` (${note})`;
      const button = element("button", {
        attributes: { type: "button", "aria-label": `Send ${place}${suffix}, a burst as ${this.name}` },
        children: [
          element("span", { text: "Send " }),
          element("code", { text: place }),
          element("span", { text: suffix, class: "quiet" }),
        ],
      });
      button.addEventListener("click", () => this.send(target, button));
      return element("li", { children: [button] });
    });
    return element("ul", { class: "routes", children: items });
  }

  /** @param {Level} level */
  show(level) {
    if (level.tokens !== null) this.tokens?.show(level.tokens);
    if (level.quota !== null) this.quota?.show(level.quota);
    for (const [name, cell] of Object.entries(this.counts)) {
      const count = level.counts[/** @type {keyof Level["counts"]} */ (name)];
      setText(cell, formatCount(count));
      const isRefusal = name !== "passed" && count > 0;
      cell.dataset.state = isRefusal ? (name === "refused" ? "low" : "bad") : "";
    }
    for (const { method, tokens, burstLimit } of level.methods) {
      let gauge = this.methodGauges.get(method);
      if (gauge?.most !== burstLimit) {
        gauge?.root.remove();
        gauge = new Gauge(`Burst left of ${method}`, burstLimit, method);
        this.methodGauges.set(method, gauge);
        this.methodBox.append(gauge.root);
      }
      gauge.show(tokens);
    }
  }
}

const countCell = () => element("td", { class: "number state" });

/** @param {Customer | undefined} customer */
const noLimit = (customer) => element("span", { text: customer ? "no limit" : "–", class: "quiet" });

/**
 * @param {Customer | undefined} customer
 * @param {Stage[]} stages
 */
function targetsOf(customer, stages) {
  return stages
    .filter(({ id }) => !customer || customer.stages.includes(id))
    .flatMap(({ api, stage, routes }) =>
      routes
        .filter(({ needsKey }) => needsKey === (customer !== undefined))
        .map(({ key, authorization }) => ({
          target: { key: customer?.key ?? null, api, stage, route: key },
          note: authorization,
        })),
    );
}

/** The table of customers. */
export class Customers {
  /** @param {HTMLTableElement} table @param {Send} send */
  constructor(table, send) {
    this.table = table;
    this.send = send;
    /** @type {Map<string, CustomerRows>} */
    this.rows = new Map();
  }

  /** @param {Overview} overview */
  show({ customers, stages }) {
    const wasOpen = new Set([...this.rows].filter(([, { details }]) => !details.hidden).map(([id]) => id));
    const isFirst = this.rows.size === 0;
    for (const { body } of this.rows.values()) body.remove();
    this.rows = new Map(customers.map((each) => [each.id, new CustomerRows(each, [...stages], this.send)]));
    this.rows.set("", new CustomerRows(undefined, [...stages], this.send));
    const buttons = [...this.rows.values()].reduce((sum, { targets }) => sum + targets.length, 0);
    for (const [id, rows] of this.rows) {
      rows.open(isFirst ? buttons <= MOST_OPEN : wasOpen.has(id));
      this.table.append(rows.body);
    }
  }

  /** @param {Record<string, Level>} levels */
  update(levels) {
    for (const [id, level] of Object.entries(levels)) this.rows.get(id)?.show(level);
  }
}
