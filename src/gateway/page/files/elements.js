/**
 * An element with a text. What comes from the server is always a text node, so none of it is HTML.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {{ text?: string, class?: string, children?: Node[], attributes?: Record<string, string> }} [options]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, { text, class: className, children = [], attributes = {} } = {}) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className !== undefined) made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * Changes a text only if it is another one, so that nothing is announced or drawn again.
 *
 * @param {Element} target
 * @param {string} text
 */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/**
 * The element of the page with an id.
 *
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

/** @param {number} count */
export const formatCount = (count) => count.toLocaleString("en");

/**
 * How much is left, as a bar and in words.
 */
export class Gauge {
  /** @param {string} what @param {number} most @param {string} limit as text, such as "10/s, burst 20" */
  constructor(what, most, limit) {
    this.most = most;
    this.meter = element("meter", {
      attributes: {
        min: "0",
        max: String(most),
        low: String(most / 4),
        high: String(most / 2),
        optimum: String(most),
        "aria-label": what,
      },
    });
    this.words = element("span", { class: "state" });
    this.root = element("div", {
      class: "gauge",
      children: [this.meter, this.words, element("small", { text: limit, class: "quiet" })],
    });
  }

  /** @param {number} left */
  show(left) {
    this.meter.value = left;
    const state = left <= 0 ? "bad" : left <= this.most / 4 ? "low" : "good";
    this.words.dataset.state = state;
    const word = { bad: " · none left", low: " · low", good: "" }[state];
    setText(this.words, `${formatCount(left)} of ${formatCount(this.most)}${word}`);
  }
}
