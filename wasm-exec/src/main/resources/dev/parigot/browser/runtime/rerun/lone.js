import { CannotStart, failed, outcomeOf } from '../outcome.js';
import { Guest } from '../guest.js';
import { GuestMemory } from '../memory.js';
import { LoggedStdio } from '../stdio.js';
import { callPlain } from '../numbers.js';
import { importsOf } from '../linker.js';

/** @import { Method } from '../description.js' */
/** @import { Instance } from '../instance.js' */
/** @import { Outcome } from '../outcome.js' */
/** @import { Call, Program } from '../program.js' */
/** @import { Situation } from '../situation.js' */

/** Thrown through a guest whose instance is ended while it waits. */
export class Cancelled extends Error {}

/** One instance of a module as it was pushed: neither wound nor changed. It takes one call at a time. */
export class Lone {
  usable = true;
  initializing = true;
  #guest;
  #stdio;
  #methods;
  #plain;
  /** @type {Record<string, any>} */
  #exports = {};
  #call;

  /**
   * @param {{ service: string, kind: string, methods: Method[] }} about
   * @param {WebAssembly.Module} module
   * @param {Situation} situation
   * @param {Program} program
   * @param {Call} starting what it starts on behalf of
   */
  constructor({ service, kind, methods }, module, situation, program, starting) {
    const self = /** @type {Instance} */ (/** @type {unknown} */ (this));
    this.#plain = kind === 'plain';
    this.#methods = methods;
    this.#call = starting;
    this.#guest = new Guest(self, service, situation);
    this.#stdio = new LoggedStdio(this.#guest);
    try {
      this.#exports = new WebAssembly.Instance(module, importsOf(module, self, program)).exports;
      const { memory, parigot_alloc: alloc, parigot_free: free } = this.#exports;
      this.#guest.bind(
        memory instanceof WebAssembly.Memory ? new GuestMemory(memory) : null,
        this.#plain ? undefined : alloc,
        this.#plain ? undefined : free,
      );
      this.#exports._initialize?.();
    } catch (thrown) {
      throw thrown instanceof Cancelled ? thrown : new CannotStart(`${service} can't start: ${told(outcomeOf(thrown))}`);
    } finally {
      this.#ended();
    }
    this.initializing = false;
  }

  guest() {
    return this.#guest;
  }

  stdio() {
    return this.#stdio;
  }

  /** On whose behalf it runs. */
  get call() {
    return this.#call;
  }

  /** @param {Call} call @param {Uint8Array} request @returns {Outcome} */
  run(call, request) {
    this.#call = call;
    /** @type {Outcome} */
    let outcome;
    try {
      outcome = this.#enter(call.method, request);
    } catch (thrown) {
      outcome = thrown instanceof Cancelled ? failed(499, 'The instance was closed') : outcomeOf(thrown);
      this.usable = false;
    }
    this.usable &&= outcome.kind !== 'limit';
    this.#ended();
    call.futures.callHasEnded();
    return outcome;
  }

  /** @param {string} name @param {Uint8Array} request @returns {Outcome} */
  #enter(name, request) {
    const method = this.#methods.find(each => each.name === name);
    if (!method) {
      return failed(404, this.#plain ? `There is no export ${name} that can be called` : `There is no method ${name}`);
    }
    return this.#plain
      ? callPlain(this.#exports[name], method, request)
      : this.#guest.enter(this.#exports[name], request);
  }

  /** Tells what is still held back, unless it may not any more. */
  #ended() {
    try {
      this.#stdio.flush();
    } catch {
      this.usable = false;
    }
    this.#guest.log.callHasEnded();
  }
}

/** @param {Outcome} outcome */
function told(outcome) {
  switch (outcome.kind) {
    case 'failed':
      return outcome.message;
    case 'trapped':
      return outcome.reason;
    default:
      return 'it was not ready in time';
  }
}
