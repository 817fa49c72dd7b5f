/** @import { Guest } from '../guest.js' */

export const NAME = 'parigot:random';

/** A browser gives 64 KiB at a time. */
const PIECE_BYTES = 1 << 16;

/** `parigot:random`: random bytes. @param {Guest} guest */
export function random(guest) {
  return {
    /** @param {number} at @param {number} length */
    fill: (at, length) => fill(guest, NAME, 'fill', at, length),
  };
}

/**
 * @param {Guest} guest
 * @param {string} module
 * @param {string} name
 * @param {number} at
 * @param {number} length
 */
export function fill(guest, module, name, at, length) {
  guest.memory.check(at, length);
  const bytes = new Uint8Array(length >>> 0);
  guest.passed(module, name, () => {
    for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
      guest.situation.random(bytes.subarray(from, from + PIECE_BYTES), guest);
    }
  });
  guest.memory.write(at, bytes);
}
