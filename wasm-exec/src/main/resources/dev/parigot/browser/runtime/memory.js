import { Stop } from './outcome.js';

/** The longest name of a key, a configuration or a queue. */
export const NAME_BYTES = 512;

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });
const ENCODER = new TextEncoder();

/** Malformed UTF-8 is replaced. @param {Uint8Array} bytes */
export function textOf(bytes) {
  return DECODER.decode(bytes);
}

/** @param {string} text */
export function bytesOf(text) {
  return ENCODER.encode(text);
}

/** The linear memory of a service. Pointers and lengths are unsigned; one outside of it is a trap. */
export class GuestMemory {
  #memory;
  #bytes;
  #view;

  /** @param {WebAssembly.Memory} memory */
  constructor(memory) {
    this.#memory = memory;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#view = new DataView(memory.buffer);
  }

  /** `memory.grow` leaves views behind. */
  #fresh() {
    if (this.#bytes.buffer !== this.#memory.buffer) {
      this.#bytes = new Uint8Array(this.#memory.buffer);
      this.#view = new DataView(this.#memory.buffer);
    }
  }

  get size() {
    return this.#memory.buffer.byteLength;
  }

  /** @param {number} pointer @param {number} length */
  contains(pointer, length) {
    return (pointer >>> 0) + (length >>> 0) <= this.size;
  }

  /** @param {number} pointer @param {number} length */
  check(pointer, length) {
    if (!this.contains(pointer, length)) {
      throw Stop.trap(
        `${length >>> 0} bytes at ${pointer >>> 0} are outside the memory of ${this.size} bytes`,
      );
    }
  }

  /** A copy. @param {number} pointer @param {number} length */
  read(pointer, length) {
    this.check(pointer, length);
    this.#fresh();
    return this.#bytes.slice(pointer >>> 0, (pointer >>> 0) + (length >>> 0));
  }

  /** What is longer than any name may be is read just so far that it is none. @param {number} pointer @param {number} length */
  readName(pointer, length) {
    this.check(pointer, length);
    return this.read(pointer, Math.min(length >>> 0, NAME_BYTES + 1));
  }

  /** @param {number} pointer @param {number} length */
  readText(pointer, length) {
    return textOf(this.read(pointer, length));
  }

  /** @param {number} pointer @param {Uint8Array} bytes */
  write(pointer, bytes) {
    this.check(pointer, bytes.length);
    this.#fresh();
    this.#bytes.set(bytes, pointer >>> 0);
  }

  /** @param {number} pointer @param {number} length */
  #at(pointer, length) {
    this.check(pointer, length);
    this.#fresh();
    return this.#view;
  }

  /** @param {number} pointer */
  readByte(pointer) {
    return this.#at(pointer, 1).getUint8(pointer >>> 0);
  }

  /** Signed. @param {number} pointer */
  readInt(pointer) {
    return this.#at(pointer, 4).getInt32(pointer >>> 0, true);
  }

  /** Signed. @param {number} pointer */
  readLong(pointer) {
    return this.#at(pointer, 8).getBigInt64(pointer >>> 0, true);
  }

  /** @param {number} pointer @param {number} value */
  writeInt(pointer, value) {
    this.#at(pointer, 4).setInt32(pointer >>> 0, value, true);
  }

  /** @param {number} pointer @param {bigint} value */
  writeLong(pointer, value) {
    this.#at(pointer, 8).setBigInt64(pointer >>> 0, value, true);
  }
}
