import { OUTSIDE } from './program.js';
import { Refused } from './outcome.js';
import { orderOf } from './fifo.js';
import { told } from './tracer.js';

/** @import { Description } from './description.js' */
/** @import { Outcome } from './outcome.js' */
/** @import { Call, Origin } from './program.js' */

/**
 * A message that waits, or that was given up.
 *
 * @typedef {object} Message
 * @property {number} id
 * @property {string} queue
 * @property {Uint8Array} body
 * @property {number} attempt how often it was delivered
 * @property {number} due in milliseconds since 1970
 * @property {string} traceparent of the call that sent it
 * @property {string} [dead] why it was given up
 */

const LONGEST_REST = 60_000;
/** Of an app's waiting messages. */
const MOST = 10_000;
/** Of dead ones, which are only looked at. */
const MOST_DEAD = 100;

/** Queues whose messages are delivered at least once, and again after a rest if that fails. */
export class Queues {
  /** @type {Map<number, Message>} in the order in which they were sent */
  #messages = new Map();
  #last = 0;
  #declared;
  #host;

  /**
   * @param {Description} app
   * @param {Message[]} messages kept from before
   * @param {object} host
   * @param {(id: number, message: Message | null) => void} host.changed
   * @param {(service: string, method: string, request: Uint8Array, origin: Origin, about: string) => Outcome} host.call
   * @param {(millis: number, work: () => void) => void} host.later
   * @param {() => number} host.now in milliseconds since 1970
   * @param {(about: string, message: string) => void} host.tell
   * @param {number} host.rest after the first attempt that failed, in milliseconds
   */
  constructor(app, messages, host) {
    this.#declared = new Map(app.queues.map(queue => [queue.name, queue]));
    this.#host = host;
    for (const message of messages) {
      this.#messages.set(message.id, message);
      this.#last = Math.max(this.#last, message.id);
    }
  }

  /** @returns {Message[]} */
  get messages() {
    return [...this.#messages.values()];
  }

  /** Goes on with those that were kept. */
  begin() {
    this.messages.forEach(message => this.#plan(message));
  }

  /** @param {string} queue @param {Uint8Array} body @param {Call} call that sends it */
  send(queue, body, call) {
    if (!this.#declared.has(queue)) {
      throw new Refused(404, `The manifest has no queue ${queue}: add it under [queues], with the method to deliver to.`);
    }
    if (this.messages.filter(({ dead }) => !dead).length >= MOST) {
      throw new Refused(429, "The app's queues are full; try again later.");
    }
    const { traceparent } = call;
    /** @type {Message} */
    const message = { id: ++this.#last, queue, body, attempt: 0, due: this.#host.now(), traceparent };
    this.#keep(message);
    this.#plan(message);
  }

  /** @param {Message} message */
  #keep(message) {
    this.#messages.set(message.id, message);
    this.#host.changed(message.id, message);
  }

  /** @param {Message} message */
  #remove({ id }) {
    this.#messages.delete(id);
    this.#host.changed(id, null);
  }

  /** Whether an earlier one of its key waits; it is planned when that has left. @param {Message} message */
  #waitsForAnother(message) {
    const key = this.#keyOf(message);
    return key !== null && this.messages.some(each =>
      each.id < message.id && !each.dead && each.queue === message.queue && this.#keyOf(each) === key);
  }

  /** Plans the next one of its key, which has waited for it. @param {Message} message */
  #planNext(message) {
    const key = this.#keyOf(message);
    const next = key !== null && this.messages.find(each =>
      each.id > message.id && !each.dead && each.queue === message.queue && this.#keyOf(each) === key);
    if (next) {
      this.#plan(next);
    }
  }

  /** @param {Message} message */
  #keyOf({ queue, body }) {
    return orderOf(this.#declared.get(queue)?.fifo, body);
  }

  /** @param {Message} message */
  #plan(message) {
    if (!message.dead && this.#declared.has(message.queue)) {
      this.#host.later(Math.max(0, message.due - this.#host.now()), () => this.#deliver(message.id));
    }
  }

  /** @param {number} id */
  #deliver(id) {
    const message = this.#messages.get(id);
    const declared = message && this.#declared.get(message.queue);
    if (!message || !declared || message.dead || this.#waitsForAnother(message)) {
      return;
    }
    if (message.attempt >= declared.attempts) {
      this.#bury(message, 'its last attempt was cut off');
      return;
    }
    // Counted ahead: an attempt that takes the whole program with it is one.
    const attempted = { ...message, attempt: message.attempt + 1 };
    this.#keep(attempted);
    const [service, method] = declared.deliver.split('.');
    const origin = { ...OUTSIDE, attempt: attempted.attempt, traceparent: message.traceparent };
    const outcome = this.#host.call(service, method, message.body, origin, `queue ${message.queue}`);
    if (outcome.kind === 'returned') {
      this.#remove(message);
      this.#planNext(message);
    } else if (attempted.attempt < declared.attempts) {
      const rest = Math.min(this.#host.rest * 2 ** (attempted.attempt - 1), LONGEST_REST);
      const next = { ...attempted, due: this.#host.now() + rest };
      this.#keep(next);
      this.#plan(next);
    } else {
      this.#bury(attempted, told(outcome));
    }
  }

  /** @param {Message} message @param {string} why */
  #bury(message, why) {
    this.#keep({ ...message, dead: why });
    this.#planNext(message);
    const dead = this.messages.filter(each => each.dead);
    dead.slice(0, -MOST_DEAD).forEach(each => this.#remove(each));
    this.#host.tell(message.queue, `message ${message.id} of the queue ${message.queue} is given up: ${why}`);
  }
}
