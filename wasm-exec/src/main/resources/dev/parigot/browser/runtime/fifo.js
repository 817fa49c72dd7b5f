const DECODER = new TextDecoder('utf-8', { fatal: true });

/**
 * What a message of a queue is in order by with others; null if it is in none.
 *
 * @param {string | boolean | null | undefined} fifo what the queue says of it: true, or the field that they have alike
 * @param {Uint8Array} body
 * @returns {string | null}
 */
export function orderOf(fifo, body) {
  if (!fifo || fifo === true) {
    return fifo ? '' : null;
  }
  try {
    const parsed = JSON.parse(DECODER.decode(body));
    const value = parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed) && Object.hasOwn(parsed, fifo) ? parsed[fifo] : null;
    return value === null || typeof value === 'object' ? null : JSON.stringify(value);
  } catch {
    return null;
  }
}
