/**
 * The log of an app. It takes lines in batches, keeps the newest of them, and stays where its reader
 * is: it follows the end only while the end is in sight.
 *
 * @typedef {{sequence: number, at: string, service: string, instance: string, level: string, message: string,
 *   call: string}} Line
 */
import { clock, exactly } from './time-words.js';
import { matches } from './log-filter.js';

const KEPT = 10_000;
const COLOURS = 8;
const NEAR = 24;

const styles = new CSSStyleSheet();
styles.replaceSync(`
  :host { display: block; position: relative; min-block-size: 240px; border: 1px solid var(--vaadin-border-color); border-radius: var(--vaadin-radius-l, 12px); background: var(--parigot-tile); overflow: hidden; }
  .lines { position: absolute; inset: 0; overflow: auto; padding: 8px 0; font: 12.5px/20px var(--parigot-mono); overflow-anchor: none; outline-offset: -2px; }
  .lines:focus-visible { outline: 2px solid var(--vaadin-focus-ring-color); }
  .line { display: grid; grid-template-columns: 76px 128px 52px 1fr; column-gap: 10px; padding: 0 14px; content-visibility: auto; contain-intrinsic-block-size: auto 20px; }
  .line[hidden] { display: none; }
  .line:hover { background: var(--vaadin-background-container); }
  .at, .level { color: var(--vaadin-text-color-secondary); }
  .service { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 600; }
  .message { white-space: pre-wrap; overflow-wrap: anywhere; color: var(--vaadin-text-color); }
  .line[data-level="WARN"] .level { color: var(--parigot-starting-text); font-weight: 700; }
  .line[data-level="ERROR"] { background: var(--parigot-failing-tint); }
  .line[data-level="ERROR"] .level { color: var(--parigot-failing-text); font-weight: 700; }
  mark { background: var(--parigot-found); color: inherit; border-radius: 2px; }
  ${Array.from({ length: COLOURS }, (_, i) => `.hue${i} { color: var(--parigot-hue-${i}); }`).join('\n')}
  .empty { position: absolute; inset: 0; display: grid; place-content: center; text-align: center; padding: 24px; color: var(--vaadin-text-color-secondary); }
  .more {
    position: absolute; inset: auto 0 14px; margin: 0 auto; inline-size: max-content; padding: 7px 14px; cursor: pointer; font: 500 13px/1.2 var(--aura-font-family);
    color: var(--aura-accent-contrast-color); background: var(--aura-accent-color); border: 0; border-radius: 16px; box-shadow: var(--aura-shadow-m);
  }
  .more:focus-visible { outline: 2px solid var(--vaadin-focus-ring-color); outline-offset: 2px; }
  [hidden] { display: none !important; }
  @media (max-width: 640px) {
    .line { grid-template-columns: auto auto 1fr; padding-block: 4px; contain-intrinsic-block-size: auto 48px; }
    .message { grid-column: 1 / -1; }
  }
`);

/** @param {string} tag @param {string} name @param {string} text */
function make(tag, name, text) {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}

class LogStream extends HTMLElement {
  /** @type {{line: Line, element: HTMLElement}[]} */ #kept = [];
  /** @type {Line[]} */ #waiting = [];
  /** @type {Map<string, number>} */ #hues = new Map();
  #filter = { service: '', level: 'TRACE', text: '' };
  #unread = 0;
  #atEnd = true;
  #paused = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [styles];
    this.lines = make('div', 'lines', '');
    this.lines.tabIndex = 0;
    this.lines.setAttribute('role', 'log');
    this.lines.setAttribute('aria-live', 'off');
    this.lines.setAttribute('aria-label', 'Log lines');
    this.empty = make('div', 'empty', 'Reading the log …');
    this.more = make('button', 'more', '');
    this.more.hidden = true;
    root.append(this.lines, this.empty, this.more);
    this.lines.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.more.addEventListener('click', () => {
      this.toEnd();
      this.lines.focus();
    });
    new ResizeObserver(() => this.#atEnd && this.toEnd()).observe(this);
  }

  /** @param {Line[]} lines oldest first, newer than all before */
  add(lines) {
    if (this.#paused) {
      this.#waiting = this.#waiting.concat(lines).slice(-KEPT);
      this.#tell();
      return;
    }
    const fresh = lines.slice(-KEPT).map((line) => ({ line, element: this.#draw(line) }));
    const before = this.#atEnd ? 0 : this.#above();
    this.lines.append(...fresh.map(({ element }) => element));
    this.#kept = this.#kept.concat(fresh);
    for (const { element } of this.#kept.splice(0, Math.max(0, this.#kept.length - KEPT))) element.remove();
    this.#unread += this.#atEnd ? 0 : fresh.filter(({ element }) => !element.hidden).length;
    if (this.#atEnd) this.toEnd();
    else this.lines.scrollTop += this.#above() - before;
    this.#tell();
  }

  /** Shows only what the filter lets through. @param {string} service @param {string} level @param {string} text */
  filter(service, level, text) {
    this.#filter = { service, level: level || 'TRACE', text };
    for (const { line, element } of this.#kept) {
      element.hidden = !matches(line, this.#filter);
      if (!element.hidden) this.#mark(element, line.message);
    }
    if (this.#atEnd) this.toEnd();
    this.#tell();
  }

  /** @param {boolean} paused new lines wait, uncounted among those shown, until the stream goes on */
  set paused(paused) {
    this.#paused = paused;
    if (paused) this.#tell();
    else this.add(this.#waiting.splice(0));
  }

  get paused() {
    return this.#paused;
  }

  toEnd() {
    this.#atEnd = true;
    this.#unread = 0;
    this.lines.scrollTop = this.lines.scrollHeight;
    this.#tell();
  }

  /** The first line in sight and its distance to the top: what must stay where it is. */
  #above() {
    const top = this.lines.getBoundingClientRect().top;
    const first = this.#anchor?.isConnected ? this.#anchor : null;
    return first ? first.getBoundingClientRect().top - top : 0;
  }

  /** @type {HTMLElement | null} */ #anchor = null;

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.lines;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.#atEnd) this.#unread = 0;
    const box = this.lines.getBoundingClientRect();
    const hit = this.shadowRoot?.elementsFromPoint(box.left + 40, box.top + 14).find((each) => each.closest('.line'));
    this.#anchor = /** @type {HTMLElement | null} */ (hit?.closest('.line') ?? null);
    this.#tell();
  }

  /** @param {Line} line */
  #draw(line) {
    const at = new Date(line.at);
    const element = make('div', 'line', '');
    element.dataset.level = line.level;
    const time = make('time', 'at', clock(at));
    time.title = exactly(at);
    const service = make('span', `service hue${this.#hue(line.service)}`, line.service);
    service.title = line.instance ? `${line.service}, instance ${line.instance}` : line.service;
    const message = make('span', 'message', line.message);
    if (line.call) message.title = `Call ${line.call}`;
    element.append(time, service, make('span', 'level', line.level.toLowerCase()), message);
    element.hidden = !matches(line, this.#filter);
    if (this.#filter.text && !element.hidden) this.#mark(element, line.message);
    return element;
  }

  /** @param {HTMLElement} element @param {string} message */
  #mark(element, message) {
    const part = /** @type {HTMLElement} */ (element.lastElementChild);
    const at = this.#filter.text ? message.toLowerCase().indexOf(this.#filter.text.toLowerCase()) : -1;
    if (at < 0) {
      if (part.firstElementChild) part.textContent = message;
      return;
    }
    const end = at + this.#filter.text.length;
    part.replaceChildren(message.slice(0, at), make('mark', '', message.slice(at, end)), message.slice(end));
  }

  /** @param {string} service */
  #hue(service) {
    const known = this.#hues.get(service);
    if (known !== undefined) return known;
    const hue = this.#hues.size % COLOURS;
    this.#hues.set(service, hue);
    return hue;
  }

  #tell() {
    const shown = this.#kept.some(({ element }) => !element.hidden);
    this.empty.hidden = shown;
    if (!shown) {
      this.empty.textContent = this.#kept.length === 0
        ? 'Nothing has been logged yet. Lines appear here as they are written.'
        : `None of the ${this.#kept.length.toLocaleString('en')} lines matches the filter.`;
    }
    const count = this.#paused ? this.#waiting.length : this.#unread;
    this.more.hidden = this.#paused || (this.#atEnd && count === 0);
    this.more.textContent = count === 0 ? 'To the newest line ↓' : `${count.toLocaleString('en')} new ${count === 1 ? 'line' : 'lines'} ↓`;
    this.dispatchEvent(new CustomEvent('waiting', { detail: { count: this.#waiting.length } }));
  }
}

customElements.define('parigot-log-stream', LogStream);
