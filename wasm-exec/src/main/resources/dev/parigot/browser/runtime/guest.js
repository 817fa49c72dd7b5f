import { NO_ROOM, errorBytes, errorOf, pack, unpack } from './packed.js';
import { MESSAGE_BYTES, NOTHING, Refused, Stop, failed, returned } from './outcome.js';
import { CallLog } from './call-log.js';

/** @import { GuestMemory } from './memory.js' */
/** @import { Outcome } from './outcome.js' */
/** @import { Situation } from './situation.js' */
/** @import { Instance } from './instance.js' */

const NO_KEY = new Uint8Array(0);

/**
 * One service, plain module or command in an instance, as an import sees it that it waits in.
 */
export class Guest {
  /** @type {GuestMemory | null} */
  #memory = null;
  /** @type {((length: number) => number) | null} */
  #alloc = null;
  /** @type {((pointer: number, length: number) => void) | null} */
  #free = null;
  #giving = false;

  /** @param {Instance} instance @param {string} service @param {Situation} situation */
  constructor(instance, service, situation) {
    this.instance = instance;
    this.service = service;
    this.situation = situation;
    this.log = new CallLog(this);
  }

  /**
   * @param {GuestMemory | null} memory
   * @param {Function | undefined} alloc
   * @param {Function | undefined} free
   */
  bind(memory, alloc, free) {
    this.#memory = memory;
    this.#alloc = /** @type {(length: number) => number} */ (alloc) ?? null;
    this.#free = /** @type {(pointer: number, length: number) => void} */ (free) ?? null;
  }

  /** On whose behalf it runs. */
  get call() {
    return this.instance.call;
  }

  get initializing() {
    return this.instance.initializing;
  }

  /** @param {string} module whose functions ask */
  refuseWhileInitializing(module) {
    if (this.initializing) {
      throw new Refused(503, `${module} can't be used in _initialize`);
    }
  }

  get memory() {
    if (!this.#memory) {
      throw Stop.trap("an import needs the module's memory, which it doesn't export");
    }
    return this.#memory;
  }

  /**
   * An import that can tell its guest of an error.
   *
   * @template {unknown[]} A
   * @param {(...values: A) => bigint} answer
   * @returns {(...values: A) => bigint}
   */
  answering(answer) {
    return (...values) => {
      try {
        return answer(...values);
      } catch (thrown) {
        if (thrown instanceof Refused) {
          return this.fail(thrown.code, thrown.message);
        }
        throw thrown;
      }
    };
  }

  /**
   * Where every host call leaves its guest: the deadline, who watches, then the effect.
   *
   * @template T
   * @param {string} module
   * @param {string} name of the function
   * @param {Uint8Array} key what it is about
   * @param {() => T} effect
   * @returns {T}
   */
  pass(module, name, key, effect) {
    this.checkDeadline();
    this.situation.observer?.hostCall(this, module, name, key);
    const result = effect();
    this.checkDeadline();
    return result;
  }

  /**
   * The same about nothing in particular.
   *
   * @template T
   * @param {string} module
   * @param {string} name
   * @param {() => T} effect
   * @returns {T}
   */
  passed(module, name, effect) {
    return this.pass(module, name, NO_KEY, effect);
  }

  checkDeadline() {
    if (this.situation.clock.monotonic() >= this.call.root.deadline) {
      throw new Stop('overdue', 'deadline passed');
    }
  }

  /** Copies bytes in; 0 if there are none or there is no room. @param {Uint8Array} bytes */
  copyIn(bytes) {
    if (bytes.length === 0) {
      return 0;
    }
    if (!this.#alloc) {
      throw Stop.trap('the module exports no parigot_alloc');
    }
    const pointer = this.#alloc(bytes.length) >>> 0;
    if (pointer === 0) {
      return 0;
    }
    if (!this.memory.contains(pointer, bytes.length)) {
      throw Stop.trap(`parigot_alloc gave ${bytes.length} bytes at ${pointer}, outside its memory`);
    }
    this.memory.write(pointer, bytes);
    return pointer;
  }

  /** @param {() => bigint} gift */
  #given(gift) {
    if (this.#giving) {
      throw Stop.trap('parigot_alloc must not use imports');
    }
    this.#giving = true;
    try {
      return gift();
    } finally {
      this.#giving = false;
    }
  }

  /** Gives it bytes of its own. @param {Uint8Array} bytes */
  give(bytes) {
    return this.#given(() => {
      const pointer = this.#alloc || bytes.length === 0 ? this.copyIn(bytes) : 0;
      return pointer === 0 && bytes.length > 0 ? NO_ROOM : pack(pointer, bytes.length);
    });
  }

  /** @param {number} code @param {string} message */
  fail(code, message) {
    return this.#given(() => {
      if (!this.#alloc) {
        return NO_ROOM;
      }
      const bytes = errorBytes(code, message);
      const pointer = this.copyIn(bytes);
      return pointer === 0 ? NO_ROOM : pack(pointer, bytes.length) | NO_ROOM;
    });
  }

  /**
   * Gives it what became of a call that it made.
   *
   * @param {string} callee
   * @param {Outcome} outcome
   */
  giveOutcome(callee, outcome) {
    switch (outcome.kind) {
      case 'returned':
        return this.give(outcome.bytes);
      case 'failed':
        return this.fail(outcome.code, outcome.message);
      case 'trapped':
        return this.fail(500, `${callee} trapped: ${outcome.reason.split('\n')[0]}`);
      case 'limit':
        return outcome.limit === 'time'
          ? this.fail(408, `${callee} timed out`)
          : this.fail(507, `${callee} ran out of memory`);
    }
  }

  /** The request of a call that it makes. @param {number} pointer @param {number} length */
  request(pointer, length) {
    this.memory.check(pointer, length);
    if (this.initializing) {
      throw new Refused(503, "services can't be called in _initialize");
    }
    if (length >>> 0 > MESSAGE_BYTES) {
      throw new Refused(413, 'a request has at most 10 MiB');
    }
    return this.memory.read(pointer, length);
  }

  /**
   * Calls one of its methods: allocate, copy, call, copy, free.
   *
   * @param {(pointer: number, length: number) => bigint} method
   * @param {Uint8Array} request
   * @returns {Outcome}
   */
  enter(method, request) {
    const pointer = this.copyIn(request);
    if (pointer === 0 && request.length > 0) {
      return { kind: 'limit', limit: 'memory' };
    }
    const outcome = this.#decode(method(pointer, request.length));
    if (this.#free && request.length > 0) {
      try {
        this.#free(pointer, request.length);
      } catch {
        // The response stands; the instance was left in the middle.
        this.instance.usable = false;
      }
    }
    return outcome;
  }

  /** @param {bigint} answer @returns {Outcome} */
  #decode(answer) {
    const { pointer, length, error } = unpack(answer);
    if (length > 0 && !this.memory.contains(pointer, length)) {
      return failed(500, "The response is outside the service's memory");
    }
    if (length > MESSAGE_BYTES) {
      return failed(413, 'A response has at most 10 MiB');
    }
    const bytes = length === 0 ? NOTHING : this.memory.read(pointer, length);
    return error ? failure(bytes) : returned(bytes);
  }
}

/** @param {Uint8Array} bytes @returns {Outcome} */
function failure(bytes) {
  if (bytes.length < 4) {
    return failed(500, 'The service answered an error without a code');
  }
  const { code, message } = errorOf(bytes);
  return (code >= 400 && code <= 599) || code >= 1000
    ? failed(code, message)
    : failed(
        500,
        `The service answered an error with the code ${code}, which is neither of 400 to 599 nor 1000 or above: ${message}`,
      );
}
