import { Answers, line } from './line.js';
import { Cancellation } from './course.js';
import { CannotStart, Refused } from '../outcome.js';

/** @import { Method } from '../description.js' */
/** @import { Failed, LimitReached, Trapped } from '../outcome.js' */
/** @import { User } from '../program.js' */
/** @import { Task } from './course.js' */

/**
 * What an instance is told when it is made.
 *
 * @typedef {object} Birth
 * @property {string} name
 * @property {string} service
 * @property {string} kind
 * @property {Method[]} methods
 * @property {WebAssembly.Module} module
 * @property {Record<string, string>} config
 * @property {string[]} outbound hosts that the manifest allows
 * @property {string} seed of all that is random in the test
 * @property {string} beginning of the run's clock, in nanoseconds since 1970
 * @property {number} now nanoseconds that have passed on it
 * @property {SharedArrayBuffer} line
 *
 * @typedef {{ id: string, service: string, method: string, caller: string | null, deadline: number | null, attempt: number,
 *   traceparent: string, user: User | null }} CallFacts
 *
 * An outcome on the line, its bytes as a string.
 * @typedef {{ kind: 'returned', bytes: string } | Failed | Trapped | LimitReached} ToldOutcome
 *
 * What a worker hears when it has asked.
 * @typedef {{ now: number, value?: any, refused?: { code: number, message: string }, cancelled?: boolean }} Told
 *
 * What an instance asks for.
 * @typedef {{ ask: string } & Record<string, any>} Question
 */

/**
 * A worker, of a browser or of what stands for one.
 *
 * @typedef {object} Bench
 * @property {(message: unknown) => void} postMessage
 * @property {() => void} terminate
 * @property {((event: { data: any }) => void) | null} onmessage
 */

/** An instance in its worker, as the page sees it. */
export class Resident {
  #bench;
  #answers;
  /** @type {(message: any) => void} */
  #ended = () => {};
  /** Whose call it answers. @type {Task | null} */
  #task = null;
  /** @type {CallFacts | null} */
  #call = null;
  usable = true;
  /** Whether it may remember a call. */
  used = false;

  /**
   * @param {string} name
   * @param {Bench} bench
   * @param {(resident: Resident, task: Task, call: CallFacts | null, question: Question) => Promise<unknown>} answer
   * @param {() => number} now
   */
  constructor(name, bench, answer, now) {
    this.name = name;
    this.#bench = bench;
    const shared = line();
    this.line = shared;
    this.#answers = new Answers(shared);
    bench.onmessage = async ({ data }) => {
      if (data.type === 'more') {
        this.#answers.more();
      } else if (data.type !== 'ask') {
        this.#ended(data);
      } else if (this.#task) {
        const { question } = data;
        const told = await heard(() => answer(this, /** @type {Task} */ (this.#task), this.#call, question));
        this.#answers.give({ ...told, now: now() });
      }
    };
  }

  /** @param {Task} task @param {CallFacts | null} call @param {unknown} message @returns {Promise<any>} */
  #during(task, call, message) {
    this.#task = task;
    this.#call = call;
    return new Promise(resolve => {
      this.#ended = resolve;
      this.#bench.postMessage(message);
    });
  }

  /** @param {Task} task @param {Omit<Birth, 'line'>} birth */
  async start(task, birth) {
    const told = await this.#during(task, null, { ...birth, line: this.line });
    if (told.type === 'broken') {
      throw new CannotStart(told.reason);
    }
  }

  /** @param {Task} task @param {CallFacts} call @param {string} request @param {number} now @returns {Promise<ToldOutcome>} */
  async run(task, call, request, now) {
    const told = await this.#during(task, call, { type: 'call', call, request, now });
    this.usable = told.usable;
    this.used = true;
    return told.outcome;
  }

  end() {
    this.#bench.terminate();
  }
}

/** What came of an effect, as it is told. @param {() => Promise<unknown>} effect @returns {Promise<Omit<Told, 'now'>>} */
async function heard(effect) {
  try {
    return { value: (await effect()) ?? null };
  } catch (thrown) {
    if (thrown instanceof Refused) {
      return { refused: { code: thrown.code, message: thrown.message } };
    }
    if (thrown instanceof Cancellation) {
      return { cancelled: true };
    }
    throw thrown;
  }
}
