import { ChannelsView } from './channels.js';
import { StoreView } from './data.js';
import { LogView } from './log.js';
import { QueuesView } from './queues.js';
import { RequestsView } from './requests.js';
import { ServicesView } from './services.js';
import { TryView } from './try.js';
import { element } from '../element.js';

/** @import { Session } from '../session.js' */

/**
 * A part of the panel. It is drawn only while it is seen.
 *
 * @typedef {object} View
 * @property {string} title
 * @property {HTMLElement} element
 * @property {() => void} draw
 */

/** What goes on inside of the app, in tabs. */
export class Panel {
  /** @type {View[]} */
  #views;
  /** @type {HTMLButtonElement[]} */
  #tabs = [];
  #shown = 0;
  #due = false;

  /** @param {Session} session */
  constructor(session) {
    const { app } = session;
    this.#views = [
      new ServicesView(session),
      new TryView(session),
      new RequestsView(session),
      new LogView(session),
      new StoreView(session),
      ...(app.queues.length + app.cron.length > 0 ? [new QueuesView(session)] : []),
      ...(app.channels.length > 0 ? [new ChannelsView(session)] : []),
    ];
    const list = element('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Inside of the app', keydown: event => this.#move(event) });
    this.#views.forEach((view, i) => {
      const tab = element('button', { type: 'button', role: 'tab', id: `tab-${i}`, 'aria-controls': `view-${i}`, click: () => this.#show(i) }, view.title);
      view.element.id = `view-${i}`;
      view.element.setAttribute('role', 'tabpanel');
      view.element.setAttribute('aria-labelledby', `tab-${i}`);
      view.element.tabIndex = 0;
      this.#tabs.push(tab);
      list.append(tab);
    });
    this.element = element('div', { class: 'panel' }, list, ...this.#views.map(view => view.element));
    for (const event of ['trace', 'line', 'state', 'cleared']) {
      session.addEventListener(event, () => this.#soon());
    }
    this.#show(0);
  }

  /** @param {number} index */
  #show(index) {
    this.#shown = index;
    this.#views.forEach((view, i) => {
      view.element.hidden = i !== index;
      this.#tabs[i].setAttribute('aria-selected', String(i === index));
      this.#tabs[i].tabIndex = i === index ? 0 : -1;
    });
    this.#views[index].draw();
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const next = (this.#shown + step + this.#views.length) % this.#views.length;
      this.#show(next);
      this.#tabs[next].focus();
    }
  }

  /** Once a frame at most, however much happens. */
  #soon() {
    if (!this.#due) {
      this.#due = true;
      requestAnimationFrame(() => {
        this.#due = false;
        this.#views[this.#shown].draw();
      });
    }
  }
}
