import { bytesOf, textOf } from '../memory.js';

/**
 * A line between a worker and its page: the worker asks by a message and stands still until the answer is in memory that both
 * have. Long answers come in pieces. Bytes are strings of characters up to 255 here, as the store's keys are.
 */

const WORDS = 3;
const PIECE_BYTES = 1 << 16;
const THERE = 0;
const LENGTH = 1;
const MORE = 2;

export function line() {
  return new SharedArrayBuffer(WORDS * 4 + PIECE_BYTES);
}

/** @param {SharedArrayBuffer} shared */
function parts(shared) {
  return { head: new Int32Array(shared, 0, WORDS), body: new Uint8Array(shared, WORDS * 4) };
}

/**
 * The worker's end.
 *
 * @param {SharedArrayBuffer} shared
 * @param {(message: unknown) => void} post
 * @param {unknown} question
 */
export function ask(shared, post, question) {
  const { head, body } = parts(shared);
  let bytes = new Uint8Array(0);
  post({ type: 'ask', question });
  for (;;) {
    Atomics.wait(head, THERE, 0);
    const longer = new Uint8Array(bytes.length + head[LENGTH]);
    longer.set(bytes);
    longer.set(body.subarray(0, head[LENGTH]), bytes.length);
    bytes = longer;
    const more = head[MORE] === 1;
    Atomics.store(head, THERE, 0);
    if (!more) {
      return JSON.parse(textOf(bytes));
    }
    post({ type: 'more' });
  }
}

/** The page's end. */
export class Answers {
  #left = new Uint8Array(0);
  #parts;

  /** @param {SharedArrayBuffer} shared */
  constructor(shared) {
    this.#parts = parts(shared);
  }

  /** @param {unknown} answer */
  give(answer) {
    this.#left = bytesOf(JSON.stringify(answer));
    this.more();
  }

  /** The next piece of it, which was asked for. */
  more() {
    const { head, body } = this.#parts;
    const piece = this.#left.subarray(0, PIECE_BYTES);
    this.#left = this.#left.subarray(piece.length);
    body.set(piece);
    head[LENGTH] = piece.length;
    head[MORE] = this.#left.length > 0 ? 1 : 0;
    Atomics.store(head, THERE, 1);
    Atomics.notify(head, THERE);
  }
}
