import { Refused } from '../outcome.js';
import { EMPTY, listBytes } from '../packed.js';
import { NAME_BYTES } from '../memory.js';
import { bytesOfKey, keyOf } from '../key-value.js';

/** @import { Guest } from '../guest.js' */

export const NAME = 'parigot:kv';
const VALUE_BYTES = 1 << 20;
const LIST_BYTES = 1 << 20;

/** `parigot:kv`: the store that the services of an app share. @param {Guest} guest */
export function keyValue(guest) {
  const store = guest.situation.keyValue;

  /** @param {(...values: number[]) => bigint} operation */
  function checked(operation) {
    return guest.answering((/** @type {number[]} */ ...values) => {
      guest.refuseWhileInitializing(NAME);
      return operation(...values);
    });
  }

  /** @param {number} pointer @param {number} length */
  function key(pointer, length) {
    guest.memory.check(pointer, length);
    if (length === 0) {
      throw new Refused(400, 'a key has at least one byte');
    }
    if (length >>> 0 > NAME_BYTES) {
      throw new Refused(413, `a key has at most ${NAME_BYTES} bytes`);
    }
    return guest.memory.read(pointer, length);
  }

  /** @param {number} pointer @param {number} length */
  function value(pointer, length) {
    guest.memory.check(pointer, length);
    if (length >>> 0 > VALUE_BYTES) {
      throw new Refused(413, 'a value has at most 1 MiB');
    }
    return guest.memory.read(pointer, length);
  }

  return {
    get: checked((at, length) => {
      const bytes = key(at, length);
      const found = guest.pass(NAME, 'get', bytes, () => store.get(keyOf(bytes)));
      if (!found) {
        throw new Refused(404, 'no such key');
      }
      return guest.give(found);
    }),

    put: checked((at, length, valueAt, valueLength) => {
      const bytes = key(at, length);
      const next = value(valueAt, valueLength);
      guest.pass(NAME, 'put', bytes, () => store.put(keyOf(bytes), next));
      return EMPTY;
    }),

    delete: checked((at, length) => {
      const bytes = key(at, length);
      guest.pass(NAME, 'delete', bytes, () => store.delete(keyOf(bytes)));
      return EMPTY;
    }),

    compare_and_set: checked((at, length, oldAt, oldLength, valueAt, valueLength) => {
      const bytes = key(at, length);
      const absent = oldLength === -1;
      const old = absent ? null : value(oldAt, oldLength);
      const next = value(valueAt, valueLength);
      if (
        !guest.pass(NAME, 'compare_and_set', bytes, () => store.compareAndSet(keyOf(bytes), old, next))
      ) {
        throw new Refused(409, absent ? 'the key exists' : 'the value is another one');
      }
      return EMPTY;
    }),

    list: checked((prefixAt, prefixLength, afterAt, afterLength, limit) => {
      const prefix = guest.memory.readName(prefixAt, prefixLength);
      const after = guest.memory.readName(afterAt, afterLength);
      if (prefix.length > NAME_BYTES || after.length > NAME_BYTES) {
        throw new Refused(413, `a key has at most ${NAME_BYTES} bytes`);
      }
      if (limit < 1) {
        throw new Refused(400, `a list has a limit of 1 or more, not ${limit}`);
      }
      // No list of keys of one byte can be longer than its 1 MiB lets it.
      const most = Math.min(limit, Math.floor(LIST_BYTES / 5));
      const keys = guest.pass(NAME, 'list', prefix, () => store.list(keyOf(prefix), keyOf(after), most));
      return guest.give(listBytes(keys.map(bytesOfKey), LIST_BYTES));
    }),
  };
}
