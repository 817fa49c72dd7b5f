import { clockTime, counted, element } from '../element.js';

/** @import { Message } from '../queues.js' */
/** @import { Session } from '../session.js' */

/** Queues with their messages, and schedules, which can be fired now. */
export class QueuesView {
  title = 'Queues and cron';
  element = element('div', { class: 'view queues' });
  #session;

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
  }

  async draw() {
    const { app, control } = this.#session;
    const [messages, due] = await Promise.all([control.ask({ ask: 'messages' }), control.ask({ ask: 'due' })]);
    const focused = document.activeElement?.getAttribute('data-fires');
    this.element.replaceChildren(
      ...app.cron.map(({ name, schedule, timezone, call }) => element('section', { class: 'row' },
        element('h3', {}, name),
        element('p', {}, element('code', {}, schedule), ` (${timezone}) calls `, element('code', {}, call), next(due, name)),
        element('button', { type: 'button', 'data-fires': name, click: () => this.#fire(name) }, 'Fire now'))),
      ...app.queues.map(queue => element('section', { class: 'row' },
        element('h3', {}, queue.name),
        element('p', {}, 'goes to ', element('code', {}, queue.deliver), `, ${counted(queue.attempts, 'attempt')} at most. `, waiting(messages, queue.name)),
        ...messages.filter((/** @type {Message} */ each) => each.queue === queue.name).slice(-20).map(message))));
    /** @type {HTMLElement | null} */ (focused && this.element.querySelector(`[data-fires="${focused}"]`))?.focus();
  }

  /** @param {string} name */
  async #fire(name) {
    const outcome = await this.#session.control.ask({ ask: 'fire', name });
    this.#session.tell(outcome.kind === 'returned' ? `${name} was fired.` : `${name} was fired and failed: ${outcome.message ?? outcome.reason ?? outcome.limit}`);
  }
}

/** @param {{ name: string, next: number | null }[]} due @param {string} name */
function next(due, name) {
  const at = due.find(each => each.name === name)?.next;
  return at ? `, next at ${new Date(at).toLocaleString()}` : '';
}

/** @param {Message[]} messages @param {string} queue */
function waiting(messages, queue) {
  const own = messages.filter(each => each.queue === queue);
  const dead = own.filter(each => each.dead).length;
  return `${counted(own.length - dead, 'message')} waiting${dead > 0 ? `, ${dead} given up` : ''}.`;
}

/** @param {Message} told */
function message({ id, attempt, due, dead }) {
  return element('p', { class: `message${dead ? ' failing' : ''}` },
    `Message ${id}: `, dead ? `given up after ${counted(attempt, 'attempt')}: ${dead}` : `${counted(attempt, 'attempt')} so far, next at ${clockTime(due)}`);
}
