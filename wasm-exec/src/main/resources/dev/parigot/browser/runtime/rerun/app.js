import { CannotStart, Refused } from '../outcome.js';
import { Cancellation, Course } from './course.js';
import { KeyValue, bytesOfKey, keyOf } from '../key-value.js';
import { Resident } from './resident.js';
import { Seed } from './seed.js';
import { checkChannel } from '../channel-names.js';
import { orderOf } from '../fifo.js';

/** @import { User } from '../program.js' */
/** @import { Task } from './course.js' */
/** @import { DeclaredQueue, Module, Rerun } from './record.js' */
/** @import { Bench, CallFacts, Question, ToldOutcome } from './resident.js' */

/**
 * @typedef {object} Wanted a call that is to be made
 * @property {string} service
 * @property {string} method
 * @property {string | null} caller
 * @property {number} atMost a deadline that is the call's if its own is later
 * @property {number} attempt
 * @property {string | null} traceparent
 * @property {User | null} user
 * @property {string} request
 *
 * A message of a queue, and where it is.
 * @typedef {object} Message
 * @property {DeclaredQueue} queue
 * @property {number} number
 * @property {string} body
 * @property {string} traceparent
 * @property {string | null} key by which it is in order with others; null for none
 * @property {'waits' | 'is being delivered' | 'delivered' | 'given up'} place
 *
 * @typedef {{ task: Task, outcome: ToldOutcome | null }} Started
 */

const ERROR = 4;

/** The instances of one module: the one that was used last is used first. */
class Pool {
  /** @type {Resident[]} */
  #idle = [];
  #made = 0;
  busy = 0;

  /** @param {Module} module */
  constructor(module) {
    this.module = module;
  }

  /** Whether a call finds an instance. */
  get available() {
    return this.busy < (this.module.most ?? Infinity);
  }

  /** Whether the next one may remember earlier calls. */
  get remembers() {
    return this.#idle.at(-1)?.used ?? false;
  }

  /** Ends the one that would be next. */
  drop() {
    this.#idle.pop()?.end();
  }

  /** @param {(name: string) => Promise<Resident>} maker */
  take(maker) {
    return this.#idle.pop() ?? maker(`${this.module.name}-${++this.#made}`);
  }

  /** One that can be called. @param {Resident} instance */
  keep(instance) {
    this.#idle.push(instance);
  }

  /** One that has been called. @param {Resident} instance */
  giveBack(instance) {
    if (instance.usable) {
      this.keep(instance);
    } else {
      instance.end();
    }
  }
}

/** An app in its test situation, as the platform has it, but that a record says whose turn it is. */
export class TestedApp {
  course = new Course();
  /** @type {Message[]} */
  messages = [];
  /** @type {{ level: number, by: string, message: string }[]} */
  log = [];
  store = new KeyValue([], () => {});
  #record;
  #files;
  #hire;
  #channels;
  #traces;
  #calls = 0;
  /** @type {Map<string, Pool>} */
  #pools = new Map();
  /** @type {Started[]} */
  #started = [];
  /** @type {Map<string, Task>} the latest call of each schedule */
  #ticks = new Map();
  /** @type {Map<string, string[]>} the messages of channels */
  #told = new Map();
  /** @type {Resident[]} */
  #residents = [];

  /**
   * @param {Rerun} record
   * @param {Map<string, WebAssembly.Module>} files by the names of modules
   * @param {(name: string) => Bench} hire makes a worker for an instance
   */
  constructor(record, files, hire) {
    this.#record = record;
    this.#files = files;
    this.#hire = hire;
    this.#traces = new Seed(BigInt(record.seed)).of('traces').generator();
    this.#channels = new Map(record.channels.map(name => [name, true]));
    record.modules.forEach(module => this.#pools.set(module.name, new Pool(module)));
    record.cron.forEach(cron => this.#plan(cron));
    this.course.start(null, 'parigot', 'start', '', task => this.#warm(task));
  }

  /** Makes an instance of each module; orders that were tried do without. @param {Task} task */
  async #warm(task) {
    for (const pool of this.#pools.values()) {
      try {
        pool.keep(await pool.take(name => this.#make(task, pool.module, name)));
      } catch (thrown) {
        if (!(thrown instanceof CannotStart)) {
          throw thrown;
        }
        this.#tell(pool.module.name, thrown.message);
      }
    }
  }

  /** Begins the test; the answer is of its end. @returns {{ outcome: ToldOutcome | null }} */
  begin() {
    const test = { outcome: /** @type {ToldOutcome | null} */ (null) };
    const { module, method } = this.#record;
    this.course.start(null, module, `call ${method}`, '', async task => {
      test.outcome = await this.#fromOutside(task, module, method, 1, null, '');
    });
    return test;
  }

  /** Nobody needs it any more. */
  end() {
    this.#residents.forEach(each => each.end());
  }

  /** @param {string} about @param {string} message */
  #tell(about, message) {
    this.log.push({ level: ERROR, by: about, message });
  }

  /**
   * @param {Task} task @param {string} service @param {string} method @param {number} attempt
   * @param {string | null} traceparent @param {string} request
   */
  #fromOutside(task, service, method, attempt, traceparent, request) {
    const own = traceparent ?? `00-${this.#traces.hex()}${this.#traces.hex()}-${this.#traces.hex()}-01`;
    return this.#call(task, { service, method, caller: null, atMost: Infinity, attempt, traceparent: own, user: null, request });
  }

  /** @param {CallFacts} caller @param {Question} question @param {number} atMost @returns {Wanted} */
  #within(caller, question, atMost) {
    const traceparent = `${caller.traceparent.slice(0, 36)}${this.#traces.hex()}-01`;
    const { service, method, user, request } = question;
    return { service, method, caller: caller.service, atMost, attempt: 1, traceparent, user, request };
  }

  /** @param {Task} task @param {Wanted} wanted @returns {Promise<ToldOutcome>} */
  async #call(task, wanted) {
    const { service, method, caller, attempt, user } = wanted;
    const pool = this.#pools.get(service);
    if (!pool) {
      return failure(404, `The app has no service ${service}.`);
    }
    const deadline = Math.min(wanted.atMost, this.course.now + (pool.module.timeout ?? Infinity));
    /** @type {CallFacts} */
    const call = {
      id: `call-${++this.#calls}`,
      service,
      method,
      caller,
      deadline: deadline === Infinity ? null : deadline,
      attempt,
      traceparent: wanted.traceparent ?? '',
      user,
    };
    if (!(await this.course.until(task, `an instance of ${service}`, () => pool.available))) {
      return failure(408, `No instance of ${service} was free in time.`);
    }
    pool.busy++;
    try {
      return await this.#visit(task, pool, call, wanted.request);
    } catch (thrown) {
      if (thrown instanceof CannotStart) {
        this.#tell(service, thrown.message);
        return failure(503, thrown.message);
      }
      throw thrown;
    } finally {
      pool.busy--;
    }
  }

  /** @param {Task} task @param {Pool} pool @param {CallFacts} call @param {string} request */
  async #visit(task, pool, call, request) {
    if (pool.remembers && task.latest?.faults.includes('cold')) {
      pool.drop();
    }
    const instance = await pool.take(name => this.#make(task, pool.module, name));
    const outcome = await instance.run(task, call, request, this.course.now);
    pool.giveBack(instance);
    if (outcome.kind === 'trapped' || outcome.kind === 'limit') {
      this.#tell(instance.name, `${call.method} ${outcome.kind === 'trapped' ? `trapped: ${outcome.reason}` : 'timed out'}`);
    }
    return outcome;
  }

  /** @param {Task} task @param {Module} module @param {string} name */
  async #make(task, { name: service, kind, methods }, name) {
    const { config, outbound, seed, beginning } = this.#record;
    const module = /** @type {WebAssembly.Module} */ (this.#files.get(service));
    const { now } = this.course;
    const made = new Resident(
      name,
      this.#hire(name),
      (by, asking, call, question) => this.#answer(by, asking, call, question),
      () => this.course.now,
    );
    this.#residents.push(made);
    await made.start(task, { name, service, kind, methods, module, config, outbound, seed, beginning, now });
    return made;
  }

  /**
   * Does what an instance asks for.
   *
   * @param {Resident} by
   * @param {Task} task
   * @param {CallFacts | null} call null while it starts
   * @param {Question} question
   * @returns {Promise<unknown>}
   */
  async #answer(by, task, call, question) {
    switch (question.ask) {
      case 'step':
        await this.course.step(task, by.name, question.action, question.key);
        if (task.latest?.faults.includes('kill')) {
          throw new Cancellation();
        }
        return;
      case 'log':
        return void this.log.push({ level: question.level, by: by.name, message: question.message });
      case 'sleep':
        return void (await this.course.resume(task, 'a sleep', () => false));
      case 'advance':
        return question.nanos > 0 ? void (await this.course.resume(task, 'the clock', () => true)) : undefined;
      case 'quiesce':
        return void (await this.course.resume(task, 'the others', () => true));
      case 'done':
        return this.#started[question.id].outcome !== null;
      case 'wait':
        return this.#wait(task, call, question);
      case 'published':
        return this.#published(question.channel);
      case 'publish':
        return void this.#published(question.channel).push(question.message);
      case 'runCron':
        return this.#runCron(task, question.name);
      default:
        return call && STORE.includes(question.ask) ? this.#keep(question) : this.#reach(task, /** @type {CallFacts} */ (call), question);
    }
  }

  /** @param {Question} question */
  #keep({ ask, key, value, old, prefix, after, limit }) {
    switch (ask) {
      case 'get': {
        const found = this.store.get(key);
        return found ? keyOf(found) : null;
      }
      case 'put':
        return this.store.put(key, bytesOfKey(value));
      case 'delete':
        return this.store.delete(key);
      case 'compareAndSet':
        return this.store.compareAndSet(key, old === null ? null : bytesOfKey(old), bytesOfKey(value));
      default:
        return this.store.list(prefix, after, limit);
    }
  }

  /** What a channel was told. @param {string} channel */
  #published(channel) {
    checkChannel(this.#channels, channel);
    const messages = this.#told.get(channel) ?? [];
    this.#told.set(channel, messages);
    return messages;
  }

  /** Other services. @param {Task} task @param {CallFacts} call @param {Question} question */
  #reach(task, call, question) {
    switch (question.ask) {
      case 'call':
        return this.#call(task, this.#within(call, question, call.deadline ?? Infinity));
      case 'start':
        return this.#start(task, this.#within(call, question, Infinity));
      default:
        return this.#send(task, call, question.queue, question.message);
    }
  }

  /** @param {Task} task @param {Wanted} wanted */
  #start(task, wanted) {
    /** @type {Started} */
    const started = {
      outcome: null,
      task: this.course.start(task, wanted.service, 'call', wanted.method, async own => {
        started.outcome = await this.#call(own, wanted);
      }),
    };
    return this.#started.push(started) - 1;
  }

  /** @param {Task} task @param {CallFacts | null} call @param {Question} question */
  async #wait(task, call, { id, callee }) {
    const started = this.#started[id];
    const ended = () => started.outcome !== null;
    if (!ended()) {
      await this.course.resume(task, callee, ended, call?.deadline !== null);
    }
    return started.outcome;
  }

  /** @param {Task} task @param {CallFacts} call @param {string} name @param {string} body */
  #send(task, call, name, body) {
    const queue = this.#record.queues.find(each => each.name === name);
    if (!queue) {
      throw new Refused(404, `The manifest has no queue ${name}: add it under [queues], with the method to deliver to.`);
    }
    /** @type {Message} */
    const message = {
      queue,
      number: this.messages.length + 1,
      body,
      traceparent: call.traceparent,
      key: orderOf(queue.fifo, bytesOfKey(body)),
      place: 'waits',
    };
    this.messages.push(message);
    if (message.key === null) {
      this.#deliver(task, message, 1);
      if (task.latest?.faults.includes('duplicate')) {
        this.#deliver(task, message, 2);
      }
    } else if (this.#line(message)[0] === message) {
      this.#deliver(task, message, 1);
    }
  }

  /** Those that wait for each other. @param {Message} message */
  #line({ queue, key }) {
    return this.messages.filter(
      each => each.queue === queue && each.key === key && each.place !== 'delivered' && each.place !== 'given up',
    );
  }

  /** @param {Task} task @param {Message} message @param {number} attempt */
  #deliver(task, message, attempt) {
    const { service, name } = message.queue;
    this.course.start(task, service, `delivery ${attempt} of`, name, own => this.#attempt(own, message, attempt));
  }

  /** @param {Task} task @param {Message} message @param {number} attempt */
  async #attempt(task, message, attempt) {
    const { service, method, attempts, name } = message.queue;
    message.place = 'is being delivered';
    const outcome = await this.#fromOutside(task, service, method, attempt, message.traceparent, message.body);
    if (outcome.kind === 'returned' && !task.latest?.faults.includes('lost')) {
      message.place = 'delivered';
    } else if (attempt < attempts) {
      message.place = 'waits';
      this.#deliver(task, message, attempt + 1);
      return;
    } else {
      message.place = 'given up';
      this.#tell(name, `a message of the queue ${name} is given up after ${attempt} attempts`);
    }
    const [next] = message.key === null ? [] : this.#line(message);
    if (next) {
      this.#deliver(task, next, 1);
    }
  }

  /** @param {Rerun['cron'][number]} cron */
  #plan(cron) {
    this.course.start(null, cron.service, 'cron', cron.name, async task => {
      this.#plan(cron);
      const before = this.#ticks.get(cron.name);
      if (before && !before.ended && cron.overlap === 'forbid') {
        this.#tell(cron.name, `cron ${cron.name} is skipped: the call before still runs`);
        return;
      }
      if (before && cron.overlap === 'replace') {
        before.cancelled = true;
      }
      this.#ticks.set(cron.name, task);
      await this.#fromOutside(task, cron.service, cron.method, 1, null, '');
    });
  }

  /** @param {Task} task @param {string} name */
  #runCron(task, name) {
    const cron = this.#record.cron.find(each => each.name === name);
    if (!cron) {
      throw new Refused(404, `The manifest has no schedule ${name}.`);
    }
    return this.#fromOutside(task, cron.service, cron.method, 1, null, '');
  }
}

const STORE = ['get', 'put', 'delete', 'compareAndSet', 'list'];

/** @param {number} code @param {string} message @returns {ToldOutcome} */
function failure(code, message) {
  return { kind: 'failed', code, message };
}
