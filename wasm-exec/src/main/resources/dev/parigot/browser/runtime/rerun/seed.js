import { bytesOf } from '../memory.js';

const BASIS = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const SILVER = 0x6a09e667f3bcc909n;
const GOLDEN = 0x9e3779b97f4a7c15n;
const MULTIPLIER = 0xd1342543de82ef95n;

/** @param {bigint} value */
function long(value) {
  return BigInt.asUintN(64, value);
}

/** @param {bigint} value @param {bigint[]} shifts @param {bigint[]} factors */
function mixed(value, [first, second, last], [one, two]) {
  const half = long((value ^ (value >> first)) * one);
  const whole = long((half ^ (half >> second)) * two);
  return whole ^ (whole >> last);
}

/** A number from which all that is random in a run follows, as `Seed` of the platform has it. */
export class Seed {
  #value;

  /** @param {bigint} value */
  constructor(value) {
    this.#value = BigInt.asIntN(64, value);
  }

  /** The seed of a part of the run. @param {string} part */
  of(part) {
    let hash = BASIS;
    for (const byte of bytesOf(`${this.#value}/${part}`)) {
      hash = long((hash ^ BigInt(byte)) * PRIME);
    }
    return new Seed(hash);
  }

  generator() {
    return new Generator(long(this.#value));
  }
}

/** The algorithm L64X128MixRandom of `java.util.random`, bit by bit. */
class Generator {
  #a;
  #s = 1n;
  #x0;
  #x1;

  /** @param {bigint} seed */
  constructor(seed) {
    const odd = seed ^ SILVER;
    const stafford = (/** @type {bigint} */ value) =>
      mixed(value, [30n, 27n, 31n], [0xbf58476d1ce4e5b9n, 0x94d049bb133111ebn]);
    this.#a = mixed(odd, [33n, 33n, 33n], [0xff51afd7ed558ccdn, 0xc4ceb9fe1a85ec53n]) | 1n;
    this.#x0 = stafford(odd);
    this.#x1 = stafford(long(odd + GOLDEN));
  }

  next() {
    const lea = 0xdaba0b6eb09322e3n;
    const result = mixed(long(this.#s + this.#x0), [32n, 32n, 32n], [lea, lea]);
    this.#s = long(MULTIPLIER * this.#s + this.#a);
    const other = this.#x1 ^ this.#x0;
    this.#x0 = rotated(this.#x0, 24n) ^ other ^ long(other << 16n);
    this.#x1 = rotated(other, 37n);
    return result;
  }

  /** Eight at a time, the lowest first. @param {Uint8Array} bytes */
  fill(bytes) {
    let left = 0n;
    for (let i = 0; i < bytes.length; i++) {
      left = i % 8 === 0 ? this.next() : left >> 8n;
      bytes[i] = Number(left & 0xffn);
    }
  }

  /** A number in 16 hexadecimal digits. */
  hex() {
    return this.next().toString(16).padStart(16, '0');
  }
}

/** @param {bigint} value @param {bigint} by */
function rotated(value, by) {
  return long(value << by) | (value >> (64n - by));
}
