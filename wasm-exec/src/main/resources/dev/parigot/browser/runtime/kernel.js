import { KeyValue } from './key-value.js';
import { OUTSIDE, Program } from './program.js';
import { Tracer, told } from './tracer.js';
import { all, withoutHopByHop } from './http/message.js';
import { CHANNELS, Channels } from './channels.js';
import { CookieJar } from './cookies.js';
import { Gateway } from './gateway.js';
import { Queues } from './queues.js';
import { Recorder } from './recorder.js';
import { Refused, codeOf, failed } from './outcome.js';
import { SignIn } from './sign-in.js';
import { Users } from './users.js';
import { headAnswer } from './answers.js';
import { Schedule } from './schedule.js';
import { send } from './outbound.js';

/** @import { Clock, Observer, TestControl } from './situation.js' */
/** @import { Cookie } from './cookies.js' */
/** @import { Directory } from './users.js' */
/** @import { Description } from './description.js' */
/** @import { GatewayRequest, GatewayResponse } from './answers.js' */
/** @import { Message } from './queues.js' */
/** @import { Published } from './channels.js' */
/** @import { Guest } from './guest.js' */
/** @import { Call, Modules, Origin } from './program.js' */
/** @import { Outcome } from './outcome.js' */
/** @import { Trace } from './tracer.js' */

/**
 * What is kept of an app.
 *
 * @typedef {object} State
 * @property {[string, Uint8Array][]} kv
 * @property {Message[]} messages
 * @property {Cookie[]} cookies
 * @property {Directory} [users]
 *
 * A line of the log; level is 0 trace to 4 error, and `anew` says that the program had to be started anew.
 * @typedef {{ at: number, service: string, level: number, message: string, anew?: boolean }} Line
 *
 * A change of what is kept.
 * @typedef {{ store: 'kv', key: string, value: Uint8Array | null } | { store: 'messages', key: number, value: Message | null } | { store: 'cookies', key: 'all', value: Cookie[] } | { store: 'users', key: 'all', value: Directory }} Change
 */

/**
 * What a kernel stands on, and who is told of what it does.
 *
 * @typedef {object} Ground
 * @property {Clock} clock
 * @property {(bytes: Uint8Array) => void} random
 * @property {Parameters<typeof send>[3]} exchange
 * @property {(millis: number, work: () => void) => void} later
 * @property {number} rest of a message after its first attempt that failed, in milliseconds
 * @property {(change: Change) => void} changed at once, before the program goes on
 * @property {(deadline: number, service: string) => void} busy the monotonic time by which the program must be done: it is when it has told its trace
 * @property {(message: Published) => void} published to who listens
 * @property {(line: Line) => void} line
 * @property {(trace: Trace) => void} trace
 * @property {Observer} [observer]
 * @property {(kernel: Kernel) => TestControl} [test]
 */

const ERROR = 4;

/** An app that runs: its program with everything around it. */
export class Kernel {
  #app;
  #ground;
  #tracer;
  #gateway;
  #signIn;
  #jar;
  #store;
  #queues;
  #channels;
  #program;
  #recorder;
  /** Whether a service was called since a request began. */
  #called = false;
  /** @type {Map<string, Schedule>} */
  #schedules = new Map();
  #entered = false;

  /** @param {Description} app @param {Modules} modules @param {State} state @param {Ground} ground */
  constructor(app, modules, state, ground) {
    this.#app = app;
    this.#ground = ground;
    this.#tracer = new Tracer(ground.clock);
    this.#recorder = new Recorder(app, state.kv, ground.clock.now());
    const users = new Users(
      state.users ?? { known: [], sessions: [] },
      value => ground.changed({ store: 'users', key: 'all', value }),
      ground.random,
      () => this.#now(),
    );
    this.#signIn = new SignIn(app, users);
    this.#jar = new CookieJar(state.cookies, value => ground.changed({ store: 'cookies', key: 'all', value }));
    this.#store = new KeyValue(state.kv, (key, value) => ground.changed({ store: 'kv', key, value }));
    this.#queues = new Queues(app, state.messages, {
      changed: (key, value) => ground.changed({ store: 'messages', key, value }),
      call: (service, method, request, origin, about) =>
        this.#enter(about, () => this.#call(service, method, request, origin)),
      later: ground.later,
      now: () => this.#now(),
      tell: (about, message) => this.#tell(about, message),
      rest: ground.rest,
    });
    this.#channels = new Channels(app, () => this.#now(), ground.random, ground.published);
    this.#program = new Program(
      app,
      modules,
      {
        keyValue: this.#store,
        config: new Map(Object.entries(app.config)),
        log: (guest, level, message) =>
          ground.line({ at: this.#now(), service: guest.service, level, message }),
        clock: { ...ground.clock, now: guest => this.#read(guest) },
        random: (bytes, guest) => this.#draw(bytes, guest),
        send: (queue, message, call) => this.#queues.send(queue, message, call),
        publish: (channel, message) => this.#channels.publish(channel, message),
        outbound: (message, call) => this.#ask(message, call),
        busy: ground.busy,
        test: ground.test?.(this),
        observer: ground.observer ?? this.#tracer,
      },
      work => ground.later(0, () => this.#enter('started call', work)),
    );
    this.#gateway = new Gateway(
      app,
      (service, method, request, user) => this.#call(service, method, request, { ...OUTSIDE, user }),
      (service, message) => this.#tell(service, message),
    );
    app.cron.forEach(cron => this.#add(cron));
  }

  /** @param {Description['cron'][number]} cron */
  #add({ name, schedule, timezone }) {
    try {
      this.#schedules.set(name, new Schedule(schedule, timezone));
    } catch {
      this.#tell(name, `this browser doesn't know the timezone ${timezone}: cron ${name} runs only when it is fired here`);
    }
  }

  /** Makes the first instances, and goes on with messages and schedules. */
  start() {
    this.#enter('start', () => {
      this.#program.warm().forEach(failure => this.#tell('parigot', failure));
    });
    this.#queues.begin();
    this.#schedules.forEach((schedule, name) => this.#plan(name, schedule, this.#now()));
  }

  /** @param {Guest | undefined} guest */
  #read(guest) {
    const now = this.#ground.clock.now();
    if (guest) {
      this.#recorder.read(guest.service, now);
    }
    return now;
  }

  /** @param {Uint8Array} bytes @param {Guest | undefined} guest */
  #draw(bytes, guest) {
    this.#ground.random(bytes);
    if (guest) {
      this.#recorder.drew(guest.service, bytes);
    }
  }

  /** Asks a host outside of the app. @param {Uint8Array} message @param {Call} call */
  #ask(message, call) {
    const { clock, exchange } = this.#ground;
    try {
      const answer = send(message, this.#app.outbound, call.root.deadline - clock.monotonic(), exchange);
      this.#recorder.heard(answer);
      return answer;
    } catch (thrown) {
      if (thrown instanceof Refused) {
        this.#recorder.heardOf(thrown.code, thrown.message);
      }
      throw thrown;
    }
  }

  #now() {
    return Number(this.#ground.clock.now() / 1_000_000n);
  }

  /** A line of the app's surroundings. @param {string} about @param {string} message */
  #tell(about, message) {
    this.#ground.line({ at: this.#now(), service: about, level: ERROR, message });
  }

  /**
   * One entry into the program, with its trace.
   *
   * @template T
   * @param {string} what
   * @param {() => T} work
   * @returns {T}
   */
  #enter(what, work) {
    if (this.#entered) {
      return work();
    }
    this.#entered = true;
    this.#tracer.begin();
    try {
      return work();
    } finally {
      this.#entered = false;
      this.#ground.trace(this.#tracer.end(what));
    }
  }

  /** @param {string} service @param {string} method @param {Uint8Array} request @param {Origin} origin @returns {Outcome} */
  #call(service, method, request, origin) {
    this.#called = true;
    const timeout = this.#app.services.find(({ name }) => name === service)?.timeoutMs ?? Infinity;
    this.#ground.busy(this.#ground.clock.monotonic() + timeout * 1e6, service);
    const outcome = this.#program.call(service, method, request, origin);
    if (outcome.kind === 'trapped') {
      this.#ground.line({
        at: this.#now(),
        service,
        level: ERROR,
        message: `${method} trapped: ${outcome.reason}${outcome.stack ?? ''}`,
        anew: true,
      });
    } else if (outcome.kind === 'limit') {
      this.#tell(service, `${method} ${told(outcome)}`);
    }
    return outcome;
  }

  /** A call from outside, of public services and private ones. @param {string} service @param {string} method @param {Uint8Array} request */
  call(service, method, request) {
    return this.#enter(`${service}.${method}`, () => this.#call(service, method, request, OUTSIDE));
  }

  /**
   * Answers a request of a page. Cookies are its own: a page's requests come without.
   *
   * @param {GatewayRequest} request
   * @param {boolean} credentials whether it is sent with cookies
   * @returns {GatewayResponse}
   */
  request(request, credentials) {
    const { method, path, query } = request;
    if (path.startsWith(CHANNELS)) {
      return this.#channels.listen(this.#signIn.known(this.#withCookies(request, credentials)));
    }
    return this.#enter(`${method} ${path}${query === '' ? '' : `?${query}`}`, () => {
      const sent = this.#signIn.known(this.#withCookies(request, credentials));
      const step = this.#recorder.request(this.#ground.clock.now(), sent);
      this.#called = false;
      const answer = this.#gateway.answer(sent);
      if (step && this.#called) {
        this.#recorder.answer(step, answer.status, answer.body);
      } else if (step) {
        this.#recorder.forget(step);
      }
      return this.#taken(answer, path, credentials);
    });
  }

  /**
   * Answers a request that {@link SignIn.isFor}: no service is called for it.
   *
   * @param {GatewayRequest} request
   * @param {boolean} credentials
   */
  async signIn(request, credentials) {
    const answer = await this.#signIn.answer(this.#withCookies(request, credentials));
    return this.#taken(request.method === 'HEAD' ? headAnswer(answer) : answer, request.path, credentials);
  }

  /** @param {GatewayRequest} request @param {boolean} credentials @returns {GatewayRequest} */
  #withCookies(request, credentials) {
    const cookies = credentials ? this.#jar.header(request.path, this.#now()) : null;
    return cookies === null ? request : { ...request, headers: [...request.headers, ['Cookie', cookies]] };
  }

  /** An answer without what is for the browser alone: the cookies in it are kept here. @param {GatewayResponse} answer @param {string} path @param {boolean} credentials */
  #taken(answer, path, credentials) {
    if (credentials) {
      this.#jar.take(all(answer.headers, 'set-cookie'), path, this.#now());
    }
    return { ...answer, headers: withoutHopByHop(answer.headers) };
  }

  /** @param {string} name @param {Schedule} schedule @param {number} after in milliseconds since 1970 */
  #plan(name, schedule, after) {
    const due = schedule.next(after);
    if (due !== null) {
      this.#at(due, () => {
        this.#plan(name, schedule, due);
        this.fire(name);
      });
    }
  }

  /** Timers wait for 24 days at most. @param {number} due @param {() => void} work */
  #at(due, work) {
    const left = due - this.#now();
    const step = Math.min(left, 86_400_000);
    this.#ground.later(Math.max(0, step), () => (step < left ? this.#at(due, work) : work()));
  }

  /** Makes the call of a schedule now. @param {string} name */
  fire(name) {
    const cron = this.#app.cron.find(each => each.name === name);
    if (!cron) {
      return failed(404, `The manifest has no schedule ${name}.`);
    }
    const [service, method] = cron.call.split('.');
    const step = this.#recorder.fire(this.#ground.clock.now(), name);
    const outcome = this.#enter(`cron ${name}`, () => this.#call(service, method, new Uint8Array(0), OUTSIDE));
    if (step) {
      step.code = codeOf(outcome);
    }
    return outcome;
  }

  /** When each schedule is due next, in milliseconds since 1970. */
  due() {
    return [...this.#schedules].map(([name, schedule]) => ({ name, next: schedule.next(this.#now()) }));
  }

  get messages() {
    return this.#queues.messages;
  }

  /** Of all channels, those that are kept, the oldest first. */
  get published() {
    return this.#channels.messages;
  }

  /** Those of one channel. @param {string} name */
  publishedTo(name) {
    return this.#channels.messagesOf(name);
  }

  get store() {
    return this.#store;
  }

  /** A change by the visitor. @param {string} key @param {Uint8Array | null} value null to delete it */
  change(key, value) {
    this.#recorder.put(this.#ground.clock.now(), key, value);
    if (value) {
      this.#store.put(key, value);
    } else {
      this.#store.delete(key);
    }
  }

  /** What has happened since it was started. */
  get recording() {
    return this.#recorder.recording;
  }
}
