import { Cancelled, Lone } from './lone.js';
import { CannotStart, Refused, Stop } from '../outcome.js';
import { Futures } from '../futures.js';
import { MalformedMessage, readRequest } from '../http/message.js';
import { Seed } from './seed.js';
import { ask } from './line.js';
import { bytesOfKey, keyOf } from '../key-value.js';
import { textOf } from '../memory.js';

/** @import { Guest } from '../guest.js' */
/** @import { Started } from '../futures.js' */
/** @import { Outcome } from '../outcome.js' */
/** @import { Call, Origin, Program } from '../program.js' */
/** @import { Situation } from '../situation.js' */
/** @import { Birth, CallFacts, Told, ToldOutcome } from './resident.js' */

/**
 * The worker in which one instance lives while a test is run again. Whatever it asks of its surroundings it asks the page, and
 * stands still until it is its turn.
 */

const scope = /** @type {DedicatedWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** How long a start may take, as on the platform. */
const START_NANOS = 10e9;

/** The calls that a call has started: the page runs them, whoever waits. */
class Detached extends Futures {
  constructor() {
    super(() => {});
  }

  /** They settle by themselves. */
  settle() {}
}

/** @param {ToldOutcome} told @returns {Outcome} */
function heard(told) {
  return told.kind === 'returned' ? { kind: 'returned', bytes: bytesOfKey(told.bytes) } : told;
}

/** @param {Outcome} outcome @returns {ToldOutcome} */
function tell(outcome) {
  return outcome.kind === 'returned' ? { kind: 'returned', bytes: keyOf(outcome.bytes) } : outcome;
}

/** An instance and all that it asks for. */
class Life {
  /** Of the run's clock, as it was last told. */
  #now;
  #birth;
  #random;
  #instance;

  /** @param {Birth} birth */
  constructor(birth) {
    this.#birth = birth;
    this.#now = birth.now;
    this.#random = new Seed(BigInt(birth.seed)).of(`random of ${birth.name}`).generator();
    const starting = this.#call({
      id: birth.name,
      service: birth.service,
      method: '_initialize',
      caller: null,
      deadline: birth.now + START_NANOS,
      attempt: 1,
      traceparent: '',
      user: null,
    });
    this.#instance = new Lone(birth, birth.module, this.#situation(), this.#program(), starting);
  }

  /** @param {CallFacts} facts @returns {Call} */
  #call(facts) {
    const call = { ...facts, deadline: facts.deadline ?? Infinity, parent: null, futures: new Detached() };
    return Object.assign(call, { root: /** @type {Call} */ (/** @type {unknown} */ (call)) });
  }

  /** @param {CallFacts} facts @param {string} request @param {number} now */
  run(facts, request, now) {
    this.#now = now;
    const outcome = this.#instance.run(this.#call(facts), bytesOfKey(request));
    return { type: 'ended', outcome: tell(outcome), usable: this.#instance.usable };
  }

  /** @param {object} question @returns {any} */
  #ask(question) {
    const told = /** @type {Told} */ (ask(this.#birth.line, message => scope.postMessage(message), question));
    this.#now = told.now;
    if (told.cancelled) {
      throw new Cancelled();
    }
    if (told.refused) {
      throw new Refused(told.refused.code, told.refused.message);
    }
    return told.value;
  }

  /** @returns {Program} as far as imports need it */
  #program() {
    const program = {
      within: (/** @type {Call} */ caller) => caller,
      call: (/** @type {string} */ service, /** @type {string} */ method, /** @type {Uint8Array} */ request, /** @type {Call} */ caller) =>
        heard(this.#ask({ ask: 'call', service, method, request: keyOf(request), user: caller.user })),
      start: (/** @type {Call} */ caller, /** @type {string} */ service, /** @type {string} */ method, /** @type {Uint8Array} */ request) =>
        this.#started(
          `${service}.${method}`,
          this.#ask({ ask: 'start', service, method, request: keyOf(request), user: caller.user }),
        ),
    };
    return /** @type {Program} */ (/** @type {unknown} */ (program));
  }

  /** @param {string} callee @param {number} id @returns {Started} */
  #started(callee, id) {
    const hear = (/** @type {object} */ question) => this.#ask({ ...question, id, callee });
    const started = {
      callee,
      get ended() {
        return /** @type {boolean} */ (hear({ ask: 'done' }));
      },
      // Who asks in a loop goes on as the record says.
      get asked() {
        return false;
      },
      set asked(_) {},
      run() {
        const outcome = hear({ ask: 'wait' });
        if (!outcome) {
          throw new Stop('overdue', 'deadline passed');
        }
        return heard(outcome);
      },
    };
    return /** @type {Started} */ (/** @type {unknown} */ (started));
  }

  /** @returns {Situation} */
  #situation() {
    const hear = (/** @type {string} */ what, /** @type {object} */ more) => this.#ask({ ask: what, ...more });
    const store = {
      get: (/** @type {string} */ key) => {
        const value = hear('get', { key });
        return value === null ? undefined : bytesOfKey(value);
      },
      put: (/** @type {string} */ key, /** @type {Uint8Array} */ value) => hear('put', { key, value: keyOf(value) }),
      delete: (/** @type {string} */ key) => hear('delete', { key }),
      compareAndSet: (/** @type {string} */ key, /** @type {Uint8Array | null} */ old, /** @type {Uint8Array} */ value) =>
        hear('compareAndSet', { key, old: old && keyOf(old), value: keyOf(value) }),
      list: (/** @type {string} */ prefix, /** @type {string} */ after, /** @type {number} */ limit) =>
        hear('list', { prefix, after, limit }),
    };
    return {
      keyValue: /** @type {Situation['keyValue']} */ (/** @type {unknown} */ (store)),
      config: new Map(Object.entries(this.#birth.config)),
      log: (_, level, message) => hear('log', { level, message }),
      clock: {
        now: () => BigInt(this.#birth.beginning) + BigInt(this.#now),
        monotonic: () => this.#now,
        sleep: nanos => hear('sleep', { nanos }),
      },
      random: bytes => this.#random.fill(bytes),
      send: (queue, message) => hear('send', { queue, message: keyOf(message) }),
      publish: (channel, message) => hear('publish', { channel, message: keyOf(message) }),
      outbound: message => this.#nowhere(message),
      busy: () => {},
      test: {
        advance: nanos => hear('advance', { nanos: Number(nanos) }),
        quiesce: () => hear('quiesce', {}),
        runCron: name => heard(hear('runCron', { name })),
        published: channel => hear('published', { channel }).map(bytesOfKey),
      },
      observer: {
        hostCall: (guest, module, name, key) => this.#takeTurn(guest, module, name, key),
        began: () => {},
        ended: () => {},
      },
    };
  }

  /** @param {Guest} guest @param {string} module @param {string} name @param {Uint8Array} key */
  #takeTurn(guest, module, name, key) {
    this.#ask({ ask: 'step', action: `${module} ${name}`, key: textOf(key) });
    guest.checkDeadline();
  }

  /** No host can be reached by tests. @param {Uint8Array} message @returns {never} */
  #nowhere(message) {
    let host;
    try {
      host = new URL(readRequest(message).target).hostname;
    } catch (thrown) {
      throw new Refused(
        400,
        thrown instanceof MalformedMessage
          ? `the request is no HTTP message: ${thrown.message}`
          : 'the target of the request is no absolute URL',
      );
    }
    throw this.#birth.outbound.includes(host)
      ? new Refused(502, `${host} can't be reached: tests run without a network`)
      : new Refused(403, `the manifest does not allow requests to ${host}`);
  }
}

/** @type {Life | undefined} */
let life;

scope.onmessage = ({ data }) => {
  if (data.type === 'call') {
    scope.postMessage(life?.run(data.call, data.request, data.now));
    return;
  }
  try {
    life = new Life(data);
    scope.postMessage({ type: 'started' });
  } catch (thrown) {
    scope.postMessage({ type: 'broken', reason: thrown instanceof CannotStart ? thrown.message : String(thrown) });
  }
};
