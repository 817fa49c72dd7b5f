import { clockTime, element } from '../element.js';

/** @import { Line } from '../kernel.js' */
/** @import { Session } from '../session.js' */

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error'];

/** The services' log. */
export class LogView {
  title = 'Log';
  element = element('div', { class: 'view log' });
  #session;
  #level = element('select', { change: () => this.draw() }, ...LEVELS.map((level, i) => element('option', { value: i, selected: i === 2 }, level)));
  #text = element('input', { type: 'search', placeholder: 'Find in the log', 'aria-label': 'Find in the log', input: () => this.draw() });
  #list = element('ol', { class: 'lines' });
  #empty = element('p', { class: 'empty' }, 'No service has logged anything that is shown.');

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
    this.element.append(element('div', { class: 'tools' }, element('label', {}, 'From ', this.#level), this.#text), this.#empty, this.#list);
  }

  draw() {
    const wanted = this.#text.value.toLowerCase();
    const shown = this.#session.lines.filter(({ level, service, message }) =>
      level >= Number(this.#level.value) && `${service} ${message}`.toLowerCase().includes(wanted));
    const atEnd = this.element.scrollTop + this.element.clientHeight > this.element.scrollHeight - 40;
    this.#list.replaceChildren(...shown.slice(-500).map(line));
    this.#empty.hidden = shown.length > 0;
    if (atEnd) {
      this.element.scrollTop = this.element.scrollHeight;
    }
  }
}

/** @param {Line} told */
function line({ at, service, level, message }) {
  return element('li', { class: LEVELS[level] },
    element('time', {}, clockTime(at)),
    element('span', { class: 'level' }, LEVELS[level]),
    element('span', { class: 'service' }, service),
    element('span', { class: 'message' }, message));
}
