import { CannotStart, Stop, codeOf, failed, outcomeOf, returned } from './outcome.js';
import { Guest } from './guest.js';
import { GuestMemory } from './memory.js';
import { LoggedStdio, ProgramStdio } from './stdio.js';
import { callPlain } from './numbers.js';
import { importsOf } from './linker.js';

/** @import { Outcome } from './outcome.js' */
/** @import { Call, Program } from './program.js' */
/** @import { Edge, ServiceDescription } from './description.js' */
/** @import { Situation } from './situation.js' */

const INITIALIZE = '_initialize';

/**
 * One instance of a module: of a wound one, with a memory for each of its services. It takes one call at a time.
 */
export class Instance {
  /** False once a trap, a limit or an exit has ended it: it must not be called again. */
  usable = true;
  initializing = true;
  /** @type {Map<string, Guest>} */
  #guests = new Map();
  /** @type {Map<Guest, LoggedStdio | ProgramStdio>} */
  #stdio = new Map();
  /** @type {Record<string, any>} */
  #exports = {};
  /** Innermost last; a wound program tells of the calls inside of it. @type {Call[]} */
  #calls = [];
  #program;
  #edges;

  /**
   * @param {string} name
   * @param {WebAssembly.Module} module
   * @param {ServiceDescription[]} services those that are in it
   * @param {Edge[]} edges what the numbers of calls mean that it tells of
   * @param {Program} program
   */
  constructor(name, module, services, edges, program) {
    this.name = name;
    this.#program = program;
    this.#edges = edges;
    for (const { name: service } of services) {
      this.#guests.set(service, new Guest(this, service, program.situation));
    }
    this.#calls.push(program.starting(services[0].name));
    try {
      this.#link(module, services);
    } catch (thrown) {
      throw thrown instanceof Error && !(thrown instanceof Stop) && !(thrown instanceof WebAssembly.RuntimeError)
        ? new CannotStart(`${services[0].name} can't start: ${thrown.message}`)
        : new CannotStart(`${services[0].name} can't start: ${told(outcomeOf(thrown))}`);
    } finally {
      this.#ended();
      this.#calls.pop();
    }
    this.initializing = false;
  }

  /** @param {WebAssembly.Module} module @param {ServiceDescription[]} services */
  #link(module, services) {
    this.#exports = new WebAssembly.Instance(module, importsOf(module, this, this.#program)).exports;
    for (const { name, kind } of services) {
      const prefix = kind === 'command' ? '' : `${name}.`;
      const memory = this.#exports[`${prefix}memory`];
      this.#guests
        .get(name)
        ?.bind(
          memory instanceof WebAssembly.Memory ? new GuestMemory(memory) : null,
          kind === 'plain' ? undefined : this.#exports[`${prefix}parigot_alloc`],
          kind === 'plain' ? undefined : this.#exports[`${prefix}parigot_free`],
        );
    }
    if (services[0].kind !== 'command') {
      this.#exports[INITIALIZE]?.();
    }
  }

  /** One of its services; of a command, which is not wound, the only one. @param {string | null} service */
  guest(service) {
    const guest = service === null ? this.#guests.values().next().value : this.#guests.get(service);
    if (!guest) {
      throw new Error(`nothing is named ${service}`);
    }
    return guest;
  }

  /** On whose behalf it runs. */
  get call() {
    return this.#calls[this.#calls.length - 1];
  }

  /** @param {Guest} guest */
  stdio(guest) {
    let stdio = this.#stdio.get(guest);
    if (!stdio) {
      stdio = new LoggedStdio(guest);
      this.#stdio.set(guest, stdio);
    }
    return stdio;
  }

  /** @param {number} number */
  enterEdge(number) {
    const { to, method } = this.#edges[number];
    const inner = this.#program.inner(this.call, to, method);
    this.#calls.push(inner);
    this.#program.situation.observer?.began(inner);
  }

  /** @param {number} code of its error, or 0 */
  leaveEdge(code) {
    const inner = /** @type {Call} */ (this.#calls.pop());
    this.#program.situation.observer?.ended(inner, code >>> 0);
  }

  /**
   * Calls a method of a service, or an export of a plain module.
   *
   * @param {Call} call
   * @param {ServiceDescription} service
   * @param {Uint8Array} request
   * @returns {Outcome}
   */
  run(call, service, request) {
    return this.#within(call, () => {
      const method = service.methods.find(({ name }) => name === call.method);
      if (service.kind === 'plain') {
        return method
          ? callPlain(this.#exports[`${service.name}.${call.method}`], method, request)
          : failed(404, `There is no export ${call.method} that can be called`);
      }
      return method
        ? this.guest(service.name).enter(this.#exports[`${service.name}.${call.method}`], request)
        : failed(404, `There is no method ${call.method}`);
    });
  }

  /**
   * Runs a command, once.
   *
   * @param {Call} call
   * @param {Uint8Array} input
   * @param {Map<string, string>} environment
   * @returns {Outcome}
   */
  runCommand(call, input, environment) {
    const guest = this.guest(null);
    const stdio = new ProgramStdio(guest, input, environment);
    this.#stdio.set(guest, stdio);
    return this.#within(call, () => {
      try {
        this.#exports['parigot start']?.();
        this.#exports._start();
      } catch (thrown) {
        if (!(thrown instanceof Stop && thrown.kind === 'exit' && thrown.status === 0)) {
          throw thrown;
        }
      }
      return returned(stdio.output());
    });
  }

  /** @param {Call} call @param {() => Outcome} work @returns {Outcome} */
  #within(call, work) {
    this.#calls.push(call);
    const depth = this.#calls.length;
    /** @type {Outcome} */
    let outcome;
    try {
      outcome = work();
    } catch (thrown) {
      outcome = outcomeOf(thrown);
      this.usable = false;
    }
    if (outcome.kind === 'limit') {
      this.usable = false;
    }
    while (this.#calls.length > depth) {
      this.leaveEdge(codeOf(outcome));
    }
    this.#ended();
    this.#calls.pop();
    call.futures.callHasEnded();
    return outcome;
  }

  /** Tells what is still held back. */
  #ended() {
    try {
      this.#stdio.forEach(stdio => stdio.flush());
    } catch (thrown) {
      // The last lines of a call past its deadline.
      if (!(thrown instanceof Stop)) {
        throw thrown;
      }
    }
    this.#guests.forEach(guest => guest.log.callHasEnded());
  }
}

/** @param {Outcome} outcome */
function told(outcome) {
  switch (outcome.kind) {
    case 'failed':
      return outcome.message;
    case 'trapped':
      return outcome.reason;
    case 'limit':
      return outcome.limit === 'time' ? 'it was not ready in time' : 'it ran out of memory';
    case 'returned':
      return '';
  }
}
