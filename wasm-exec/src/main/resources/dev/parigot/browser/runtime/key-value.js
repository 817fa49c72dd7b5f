import { Refused } from './outcome.js';

/** Bytes of an app's keys and values, as in production: 256 MiB. */
const MOST_BYTES = 256 << 20;

/** Bytes as a string of the same order. @param {Uint8Array} bytes */
export function keyOf(bytes) {
  let key = '';
  for (const byte of bytes) {
    key += String.fromCharCode(byte);
  }
  return key;
}

/** @param {string} key */
export function bytesOfKey(key) {
  return Uint8Array.from(key, char => char.charCodeAt(0));
}

/**
 * The store that the services of an app share, in memory. Each change is told, so that it can be kept.
 */
export class KeyValue {
  /** @type {Map<string, Uint8Array>} */
  #values = new Map();
  /** @type {string[]} in order */
  #keys = [];
  #taken = 0;
  #changed;

  /**
   * @param {Iterable<[string, Uint8Array]>} entries
   * @param {(key: string, value: Uint8Array | null) => void} changed
   */
  constructor(entries, changed) {
    for (const [key, value] of entries) {
      this.#values.set(key, value);
      this.#taken += key.length + value.length;
    }
    this.#keys = [...this.#values.keys()].sort(order);
    this.#changed = changed;
  }

  /** Keys and values together. */
  get bytes() {
    return this.#taken;
  }

  get size() {
    return this.#keys.length;
  }

  /** @param {string} key */
  get(key) {
    return this.#values.get(key);
  }

  /** @param {string} key @param {Uint8Array} value */
  put(key, value) {
    const old = this.#values.get(key);
    const more = value.length - (old ? old.length : -key.length);
    if (more > 0 && this.#taken + more > MOST_BYTES) {
      throw new Refused(507, `the app's store is full: it takes ${MOST_BYTES} bytes of keys and values`);
    }
    if (!old) {
      this.#keys.splice(this.#place(key), 0, key);
    }
    this.#taken += more;
    this.#values.set(key, value);
    this.#changed(key, value);
  }

  /** @param {string} key */
  delete(key) {
    const old = this.#values.get(key);
    if (old) {
      this.#taken -= key.length + old.length;
      this.#values.delete(key);
      this.#keys.splice(this.#place(key), 1);
      this.#changed(key, null);
    }
  }

  /**
   * Sets the value if the present one equals `old` (null: the key must be absent).
   *
   * @param {string} key
   * @param {Uint8Array | null} old
   * @param {Uint8Array} value
   */
  compareAndSet(key, old, value) {
    const present = this.#values.get(key);
    const same = old ? present && equal(old, present) : !present;
    if (same) {
      this.put(key, value);
    }
    return Boolean(same);
  }

  /** In unsigned byte order. @param {string} prefix @param {string} after @param {number} limit */
  list(prefix, after, limit) {
    const fromPrefix = after < prefix;
    let at = this.#place(fromPrefix ? prefix : after);
    if (!fromPrefix && this.#keys[at] === after) {
      at++;
    }
    const keys = [];
    while (keys.length < limit && at < this.#keys.length && this.#keys[at].startsWith(prefix)) {
      keys.push(this.#keys[at++]);
    }
    return keys;
  }

  /** Where a key is, or would be. @param {string} key */
  #place(key) {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#keys[middle] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

/** By code unit, which is a byte here. @param {string} a @param {string} b */
function order(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** @param {Uint8Array} a @param {Uint8Array} b */
function equal(a, b) {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
