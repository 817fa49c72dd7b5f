/** What the runtime stands on in the conformance suite: a clock that stands still while guests compute. */
import { Check } from './conformance-check.mjs';

const BEGINNING = 1_767_225_600_000_000_000n;

/** Time that goes on when somebody waits, and what is due meanwhile. */
class VirtualTime {
  nanos = 0;
  #due = [];

  clock = {
    now: () => BEGINNING + BigInt(Math.round(this.nanos)),
    monotonic: () => this.nanos,
    sleep: nanos => this.advance(nanos),
  };

  later(millis, work) {
    this.#due.push({ at: this.nanos + millis * 1e6, work });
  }

  /** Runs the first thing that is due until then. */
  #next(until) {
    const first = this.#due.reduce((a, b) => (b.at < (a?.at ?? Infinity) ? b : a), undefined);
    if (!first || first.at > until) return false;
    this.#due.splice(this.#due.indexOf(first), 1);
    this.nanos = Math.max(this.nanos, first.at);
    first.work();
    return true;
  }

  advance(nanos) {
    const until = this.nanos + nanos;
    while (this.#next(until));
    this.nanos = Math.max(this.nanos, until);
  }

  /** Messages and started calls are soon due; schedules of the suite are a year away. */
  quiesce() {
    const soon = this.nanos + 3600e9;
    while (this.#next(soon));
  }
}

/**
 * Runs the runtime's worker.
 *
 * @param {string} runtime the address of the folder of its modules
 * @param {(message: any, transfer?: any[]) => void} post
 */
export async function ground(runtime, post) {
  const module = name => import(new URL(name, runtime).href);
  const [{ host }, http, { textOf }] = await Promise.all(['host.js', 'http/message.js', 'memory.js'].map(module));
  const check = new Check(http);
  let time;
  let exchanges;

  function exchange({ method, body }, url, headers) {
    const { request, response, fails } = exchanges.shift();
    check.equal(`${method} ${url.href}`, `${request.method} ${request.url}`, 'asked');
    for (const [name, value] of Object.entries(request.headers ?? {})) check.equal(http.first(headers, name.toLowerCase()), value, name);
    check.equal(check.shown(body), check.shown(check.bytes(request.body)), 'body');
    return fails ?? http.readResponse(check.bytes(response), method);
  }

  return host(post, {
    ground(post, { outside }) {
      time = new VirtualTime();
      exchanges = outside?.exchanges ?? [];
      return {
        clock: time.clock,
        random: bytes => void crypto.getRandomValues(bytes),
        exchange,
        later: (millis, work) => time.later(millis, work),
        rest: 1000,
        observer: {
          hostCall: (_, name, used, key) => name !== 'parigot:call' && post({ type: 'script', told: `${name} ${used} ${textOf(key)}`.trim() }),
          // Of a wound program, whose calls between services are no imports.
          began: call => call.root !== call && post({ type: 'script', told: `parigot:service/${call.service} ${call.method}` }),
          ended() {},
        },
        test: kernel => ({
          advance: nanos => nanos > 0n && time.advance(Number(nanos)),
          quiesce: () => time.quiesce(),
          runCron: name => kernel.fire(name),
          published: channel => kernel.publishedTo(channel),
        }),
      };
    },
    script() {
      time.quiesce();
      return exchanges;
    },
  });
}
