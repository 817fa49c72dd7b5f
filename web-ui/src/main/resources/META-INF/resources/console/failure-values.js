/** Values of the store and messages, for people: text as it is, else the bytes. */

const MOST_BYTES = 24;

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

/** @param {Uint8Array} bytes */
export function readable(bytes) {
  if (bytes.length === 0) return 'empty';
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) return text;
  } catch {
    // They are told as bytes.
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length === 4) return `${view.getInt32(0, true)} (as i32)`;
  if (bytes.length === 8) return `${view.getBigInt64(0, true)} (as i64)`;
  return `bytes ${hex(bytes.subarray(0, MOST_BYTES))}${bytes.length > MOST_BYTES ? `… (${bytes.length} in all)` : ''}`;
}
