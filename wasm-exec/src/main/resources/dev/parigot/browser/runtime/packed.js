import { bytesOf, textOf } from './memory.js';

/** The i64 by which the ABI passes bytes: `ptr << 32 | err << 31 | len`. */

/** An import's error 507 when its caller has no room even for an error. */
export const NO_ROOM = 1n << 31n;

/** An empty response. */
export const EMPTY = 0n;

/** @param {number} pointer @param {number} length */
export function pack(pointer, length) {
  return (BigInt(pointer >>> 0) << 32n) | BigInt(length);
}

/** @param {bigint} packed @returns {{ pointer: number, length: number, error: boolean }} */
export function unpack(packed) {
  const low = Number(packed & 0xffffffffn);
  return {
    pointer: Number((packed >> 32n) & 0xffffffffn),
    length: low & 0x7fffffff,
    error: low >= 0x80000000,
  };
}

/** The bytes of an error: its code, little endian, and its text. @param {number} code @param {string} message */
export function errorBytes(code, message) {
  const text = bytesOf(message);
  const bytes = new Uint8Array(4 + text.length);
  new DataView(bytes.buffer).setUint32(0, code >>> 0, true);
  bytes.set(text, 4);
  return bytes;
}

/** There must be four bytes. @param {Uint8Array} bytes */
export function errorOf(bytes) {
  const code = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return { code, message: textOf(bytes.subarray(4)) };
}

/** A list: as many of the first items as fit, each after its length. @param {Uint8Array[]} items @param {number} most bytes */
export function listBytes(items, most) {
  let length = 0;
  let count = 0;
  while (count < items.length && length + 4 + items[count].length <= most) {
    length += 4 + items[count++].length;
  }
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const item of items.slice(0, count)) {
    view.setUint32(at, item.length, true);
    bytes.set(item, at + 4);
    at += 4 + item.length;
  }
  return bytes;
}
