/**
 * A moment, told relative to now in words that renew themselves; the exact time is its title.
 *
 * `<parigot-time at="2026-05-04T10:00:00Z"></parigot-time>`
 */
import { exactly, relatively } from './time-words.js';

/** @type {Set<RelativeTime>} */
const shown = new Set();
setInterval(() => shown.forEach((each) => each.renew()), 10_000);

class RelativeTime extends HTMLElement {
  static observedAttributes = ['at'];
  #time = document.createElement('time');

  connectedCallback() {
    if (!this.#time.isConnected) this.append(this.#time);
    shown.add(this);
    this.renew();
  }

  disconnectedCallback() {
    shown.delete(this);
  }

  attributeChangedCallback() {
    this.renew();
  }

  renew() {
    const at = new Date(this.getAttribute('at') ?? '');
    if (Number.isNaN(at.getTime())) return;
    const words = relatively(at, new Date());
    if (this.#time.textContent !== words) this.#time.textContent = words;
    this.#time.dateTime = at.toISOString();
    this.#time.title = exactly(at);
  }
}

customElements.define('parigot-time', RelativeTime);
