import { bytesOfKey } from './key-value.js';

/** @import { Description } from './description.js' */
/** @import { GatewayRequest } from './answers.js' */
/** @import { State } from './kernel.js' */

/**
 * Text as itself, other bytes in base64.
 *
 * @typedef {string | { base64: string }} Content
 *
 * What happened from outside, and what the guests were given meanwhile that is another time otherwise. Times are microseconds since the
 * recording began.
 * @typedef {object} Step
 * @property {number} at
 * @property {{ method: string, path: string, headers: [string, string][], body: Content, user?: string }} [request] `user`: the claims of who is signed in
 * @property {string} [fire] a schedule
 * @property {{ key: Content, value: Content | null }} [put] by the visitor
 * @property {{ status: number, body: Content }} [answer] of the request
 * @property {number} [code] of the schedule's call
 * @property {Record<string, string>} [random] by service, what it drew, in base64
 * @property {Record<string, number[]>} [clock] by service, what it read
 * @property {({ answer: string } | { code: number, message: string })[]} [outside] raw answers of other hosts, in base64
 *
 * A file that `parigot test --replay` runs. The first step is the start of the program.
 * @typedef {object} Recording
 * @property {1} replay
 * @property {string} app
 * @property {string} began RFC 3339
 * @property {Record<string, string>} config
 * @property {[Content, Content][]} data keys and values
 * @property {Step[]} steps
 * @property {boolean} cut whether what came last is missing
 */

/** Of what is recorded; what comes after is not. */
const MOST_BYTES = 4 << 20;
/** About what a step costs that has nothing in it. */
const STEP_BYTES = 100;
const READING_BYTES = 10;
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @param {Uint8Array} bytes @returns {Content} */
function content(bytes) {
  try {
    return STRICT.decode(bytes);
  } catch {
    return { base64: base64(bytes) };
  }
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let text = '';
  for (const byte of bytes) {
    text += String.fromCharCode(byte);
  }
  return btoa(text);
}

/** Writes down what happens to a program, so that it can be made to happen again. */
export class Recorder {
  #app;
  #began;
  /** As it was at first: values are replaced, never changed. */
  #data;
  /** @type {Step[]} */
  #steps = [{ at: 0 }];
  /** What the guests of the step in progress drew. @type {Map<string, Uint8Array[]>} */
  #drawn = new Map();
  #bytes = 0;
  #cut = false;

  /** @param {Description} app @param {State['kv']} data @param {bigint} began nanoseconds since 1970 */
  constructor(app, data, began) {
    this.#app = app;
    this.#data = data;
    this.#began = began;
  }

  /** Another step begins; null if there were too many. @param {bigint} now @param {Partial<Step>} step @param {number} bytes that it takes */
  #begin(now, step, bytes) {
    this.#end();
    if (!this.#takes(bytes + STEP_BYTES)) {
      return null;
    }
    const begun = { at: this.#micros(now), ...step };
    this.#steps.push(begun);
    return begun;
  }

  /** Whether there is room for so much more; once there is none, nothing more is recorded. @param {number} bytes */
  #takes(bytes) {
    this.#bytes += bytes;
    this.#cut ||= this.#bytes > MOST_BYTES;
    return !this.#cut;
  }

  #end() {
    if (this.#drawn.size > 0) {
      const joined = [...this.#drawn].map(([service, pieces]) => /** @type {const} */ ([service, base64(Uint8Array.from(pieces.flatMap(piece => [...piece])))]));
      this.#last.random = Object.fromEntries(joined);
      this.#drawn.clear();
    }
  }

  get #last() {
    return this.#steps[this.#steps.length - 1];
  }

  /** @param {bigint} now */
  #micros(now) {
    return Number((now - this.#began) / 1000n);
  }

  /** @param {bigint} now @param {GatewayRequest} request */
  request(now, { method, path, query, headers, body, user }) {
    const whole = query === '' ? path : `${path}?${query}`;
    const request = { method, path: whole, headers, body: content(body), ...(user ? { user: user.claims } : {}) };
    return this.#begin(now, { request }, body.length + whole.length);
  }

  /** @param {Step} step of a request @param {number} status @param {Uint8Array} body */
  answer(step, status, body) {
    this.#takes(body.length);
    step.answer = { status, body: content(body) };
  }

  /** Forgets a request that no service was called for. @param {Step} step */
  forget(step) {
    this.#steps = this.#steps.filter(each => each !== step);
  }

  /** @param {bigint} now @param {string} name */
  fire(now, name) {
    return this.#begin(now, { fire: name }, name.length);
  }

  /** @param {bigint} now @param {string} key @param {Uint8Array | null} value */
  put(now, key, value) {
    const put = { key: content(bytesOfKey(key)), value: value && content(value) };
    this.#begin(now, { put }, key.length + (value?.length ?? 0));
  }

  /** @param {string} service @param {Uint8Array} bytes */
  drew(service, bytes) {
    if (this.#takes(bytes.length)) {
      this.#drawn.set(service, [...(this.#drawn.get(service) ?? []), bytes.slice()]);
    }
  }

  /** @param {string} service @param {bigint} now */
  read(service, now) {
    if (this.#takes(READING_BYTES)) {
      const clock = (this.#last.clock ??= {});
      (clock[service] ??= []).push(this.#micros(now));
    }
  }

  /** @param {Uint8Array} answer */
  heard(answer) {
    if (this.#takes(answer.length)) {
      (this.#last.outside ??= []).push({ answer: base64(answer) });
    }
  }

  /** @param {number} code @param {string} message */
  heardOf(code, message) {
    if (this.#takes(message.length)) {
      (this.#last.outside ??= []).push({ code, message });
    }
  }

  /** @returns {Recording} */
  get recording() {
    this.#end();
    const millis = new Date(Number(this.#began / 1_000_000n)).toISOString();
    const micros = String((this.#began / 1000n) % 1000n).padStart(3, '0');
    return {
      replay: 1,
      app: this.#app.name,
      began: millis.replace('Z', `${micros}Z`),
      config: this.#app.config,
      data: this.#data.map(([key, value]) => [content(bytesOfKey(key)), content(value)]),
      steps: this.#steps,
      cut: this.#cut,
    };
  }
}
