import { CannotStart, MESSAGE_BYTES, codeOf, failed, notBegun, outcomeOf } from './outcome.js';
import { Futures, Started } from './futures.js';
import { Instance } from './instance.js';
import { MalformedMessage, readRequest } from './http/message.js';
import { textOf } from './memory.js';
import { cgiVariables } from './http/cgi.js';

/** @import { Description, Edge, ServiceDescription } from './description.js' */
/** @import { Outcome } from './outcome.js' */
/** @import { Situation } from './situation.js' */

/**
 * One call into a service, as it is known to everything that happens on its behalf.
 *
 * @typedef {object} Call
 * @property {string} id
 * @property {string} service
 * @property {string} method
 * @property {string | null} caller null from outside
 * @property {number} deadline in nanoseconds of the monotonic clock
 * @property {number} attempt
 * @property {string} traceparent
 * @property {User | null} user who is signed in where it began
 * @property {Call} root the call by which its instance was entered: itself, unless it was made inside of a wound program
 * @property {Call | null} parent the call on whose behalf it is made
 * @property {Futures} futures of its root
 */

/**
 * Who is signed in, as services get to know him: `claims` is the text of a JSON object.
 *
 * @typedef {{ id: string, claims: string }} User
 */

/**
 * Where a call comes from.
 *
 * @typedef {object} Origin
 * @property {Call | null} parent
 * @property {string | null} caller
 * @property {number} atMost a deadline that is the call's if its own is later
 * @property {number} attempt
 * @property {string | null} traceparent
 * @property {User | null} user
 */

/** A call that no service makes. @type {Origin} */
export const OUTSIDE = { parent: null, caller: null, atMost: Infinity, attempt: 1, traceparent: null, user: null };

/** Of the instances of one module: calls that wait for each other, each in an instance of its own. */
const MOST_INSTANCES = 64;
const NANOS_PER_MILLI = 1e6;
/** How long a start and `_initialize` may take together. */
const START_NANOS = 10e9;

/**
 * The modules of an app.
 *
 * @typedef {object} Modules
 * @property {WebAssembly.Module | null} wound all services in one, where the engine has several memories
 * @property {Map<string, WebAssembly.Module>} single by service: those that are not wound with others
 */

/** Instances of one module. */
class Pool {
  /** @type {Instance[]} */
  #idle = [];
  #live = 0;
  #made = 0;

  /**
   * @param {string} name
   * @param {WebAssembly.Module} module
   * @param {ServiceDescription[]} services
   * @param {Edge[]} edges
   */
  constructor(name, module, services, edges) {
    this.name = name;
    this.module = module;
    this.services = services;
    this.edges = edges;
  }

  /** @param {Program} program @returns {Instance} */
  make(program) {
    return new Instance(`${this.name}-${++this.#made}`, this.module, this.services, this.edges, program);
  }

  /** Null if there are too many. @param {Program} program */
  take(program) {
    const idle = this.#idle.pop();
    if (idle || this.#live === MOST_INSTANCES) {
      return idle ?? null;
    }
    const made = this.make(program);
    this.#live++;
    return made;
  }

  /** @param {Instance} instance */
  giveBack(instance) {
    if (instance.usable) {
      this.#idle.push(instance);
    } else {
      this.#live--;
    }
  }
}

/** The services of an app, and the calls into them. Everything happens on one thread, one call inside of another. */
export class Program {
  /** @type {Map<string, ServiceDescription>} */
  #services = new Map();
  /** @type {Map<string, Pool>} by service */
  #pools = new Map();
  #count = 0;
  #background;

  /**
   * @param {Description} app
   * @param {Modules} modules
   * @param {Situation} situation
   * @param {(work: () => void) => void} background runs work once the call in progress has ended
   */
  constructor(app, modules, situation, background) {
    this.situation = situation;
    this.#background = background;
    const wound = app.services.filter(({ kind }) => kind !== 'command');
    const together = modules.wound && new Pool('app', modules.wound, wound, edgesOf(modules.wound));
    for (const service of app.services) {
      this.#services.set(service.name, service);
      const single = modules.single.get(service.name);
      const pool =
        service.kind !== 'command' && together
          ? together
          : single && new Pool(service.name, single, [service], []);
      if (pool) {
        this.#pools.set(service.name, pool);
      }
    }
  }

  /** Makes an instance of each module ahead of the first call; answers why those can't start that can't. */
  warm() {
    const failures = [];
    for (const pool of new Set(this.#pools.values())) {
      if (pool.services[0].kind !== 'command') {
        try {
          const instance = pool.take(this);
          if (instance) {
            pool.giveBack(instance);
          }
        } catch (thrown) {
          failures.push(String(thrown));
        }
      }
    }
    return failures;
  }

  /** The call that a start of an instance is. @param {string} service @returns {Call} */
  starting(service) {
    const call = this.#call(service, '_initialize', OUTSIDE);
    call.deadline = this.situation.clock.monotonic() + START_NANOS;
    return call;
  }

  /** Where calls come from that a call waits for. @param {Call} caller @returns {Origin} */
  within(caller) {
    return {
      parent: caller,
      caller: caller.service,
      atMost: caller.deadline,
      attempt: 1,
      traceparent: this.#childOf(caller.traceparent),
      user: caller.user,
    };
  }

  /** A call inside of a wound program. @param {Call} caller @param {string} service @param {string} method @returns {Call} */
  inner(caller, service, method) {
    const call = this.#call(service, method, this.within(caller));
    return { ...call, root: caller.root, futures: caller.root.futures };
  }

  /** @param {string} service @param {string} method @param {Origin} origin @returns {Call} */
  #call(service, method, origin) {
    const timeout = this.#services.get(service)?.timeoutMs ?? Infinity;
    const call = {
      id: `call-${++this.#count}`,
      service,
      method,
      caller: origin.caller,
      deadline: Math.min(origin.atMost, this.situation.clock.monotonic() + timeout * NANOS_PER_MILLI),
      attempt: origin.attempt,
      traceparent: origin.traceparent ?? `00-${this.#hex(16)}-${this.#hex(8)}-01`,
      user: origin.user,
      parent: origin.parent,
      futures: new Futures(started => this.#background(() => started.run(Infinity))),
    };
    return Object.assign(call, { root: /** @type {Call} */ (/** @type {unknown} */ (call)) });
  }

  /**
   * Calls a method and waits: of a service or a plain module, or `http` of a command, whose request is an HTTP message and
   * whose response is what it wrote as a CGI program.
   *
   * @param {string} service
   * @param {string} method
   * @param {Uint8Array} request
   * @param {Origin} origin
   * @returns {Outcome}
   */
  call(service, method, request, origin) {
    const described = this.#services.get(service);
    const pool = this.#pools.get(service);
    if (!described || !pool) {
      return failed(404, `The app has no service ${service}.`);
    }
    if (request.length > MESSAGE_BYTES) {
      return failed(413, 'A request has at most 10 MiB');
    }
    const call = this.#call(service, method, origin);
    this.situation.observer?.began(call);
    const outcome = this.#run(call, described, pool, request);
    this.situation.observer?.ended(call, codeOf(outcome));
    return outcome;
  }

  /**
   * @param {Call} call
   * @param {ServiceDescription} service
   * @param {Pool} pool
   * @param {Uint8Array} request
   * @returns {Outcome}
   */
  #run(call, service, pool, request) {
    try {
      if (service.kind === 'command') {
        return this.#runCommand(call, pool, request);
      }
      const instance = pool.take(this);
      if (!instance) {
        return notBegun(429, `Too many calls wait for an instance of ${service.name}.`);
      }
      const outcome = this.#watched(call, () => instance.run(call, service, request));
      pool.giveBack(instance);
      return outcome;
    } catch (thrown) {
      return thrown instanceof CannotStart ? notBegun(503, thrown.message) : outcomeOf(thrown);
    }
  }

  /** Tells who ends guests that are late of a deadline that is sooner than that of who waits. @param {Call} call @param {() => Outcome} work */
  #watched(call, work) {
    const waiting = call.parent?.root;
    if (!waiting || call.deadline >= waiting.deadline) {
      return work();
    }
    this.situation.busy(call.deadline, call.service);
    const outcome = work();
    this.situation.busy(waiting.deadline, waiting.service);
    return outcome;
  }

  /** @param {Call} call @param {Pool} pool @param {Uint8Array} message @returns {Outcome} */
  #runCommand(call, pool, message) {
    if (call.method !== 'http') {
      return failed(404, `A command has no method ${call.method}`);
    }
    try {
      const request = readRequest(message);
      const environment = new Map([...this.situation.config, ...cgiVariables(request, call.service)]);
      return pool.make(this).runCommand(call, request.body, environment);
    } catch (thrown) {
      if (thrown instanceof MalformedMessage) {
        return failed(400, `The request is no HTTP message: ${thrown.message}`);
      }
      throw thrown;
    }
  }

  /**
   * Starts a call that is not waited for yet. It gets an instance of its own: the one that starts it is in the middle of a call.
   *
   * @param {Call} caller
   * @param {string} service
   * @param {string} method
   * @param {Uint8Array} request
   */
  start(caller, service, method, request) {
    const origin = { ...this.within(caller), atMost: Infinity };
    return new Started(`${service}.${method}`, deadline =>
      this.call(service, method, request, { ...origin, atMost: deadline }),
    );
  }

  /** @param {string} traceparent */
  #childOf(traceparent) {
    return `${traceparent.slice(0, 36)}${this.#hex(8)}-01`;
  }

  /** @param {number} length in bytes */
  #hex(length) {
    const bytes = new Uint8Array(length);
    this.situation.random(bytes);
    return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  }
}

/** @param {WebAssembly.Module} wound @returns {Edge[]} */
function edgesOf(wound) {
  const [section] = WebAssembly.Module.customSections(wound, 'parigot.wind');
  return JSON.parse(textOf(new Uint8Array(section))).edges;
}
