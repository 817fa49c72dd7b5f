/**
 * What a failure's picture tells, without the picture.
 *
 * @typedef {{ key: string, value: string | null }} Change
 * @typedef {{ queue: string, number: number, text: string, place: string }} Message
 * @typedef {{ lane: number, task: number, kind: string, text: string, key: string, value: string | null, from: number,
 *   to: number, returns: number[], decides: number, concerns: boolean, changes: Change[], messages: Message[],
 *   log: string[] }} Row
 * @typedef {{ lanes: { name: string, service: string }[], rows: Row[], steps: number }} Side
 * @typedef {{ test: string, sentence: string, failure: string, expected: string | null, got: string | null,
 *   place: string | null, common: number, failing: Side, passing: Side | null }} Picture
 */

/** Fewer steps than these are not worth folding away. */
const FOLD = 2;

/** @param {string} text @param {number} most */
export function shortened(text, most) {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= most ? line : line.slice(0, Math.max(1, most - 1)) + '…';
}

/** A key says most at its end. @param {string} text @param {number} most */
export function shortenedKey(text, most) {
  return text.length <= most ? text : '…' + text.slice(text.length - Math.max(1, most - 1));
}

/**
 * What is shown of a side: steps by their indexes, and runs of steps that are folded away.
 *
 * @param {Side} side @param {Set<number>} open the first indexes of what was unfolded
 * @returns {({ row: number } | { from: number, until: number })[]}
 */
export function shown(side, open) {
  const items = [];
  for (let i = 0; i < side.rows.length; i++) {
    let end = i;
    while (end < side.rows.length && !side.rows[end].concerns) end++;
    if (end - i >= FOLD && !open.has(i)) {
      items.push({ from: i, until: end });
      i = end - 1;
    } else {
      const last = Math.max(i + 1, end);
      for (let j = i; j < last; j++) items.push({ row: j });
      i = last - 1;
    }
  }
  return items;
}

/**
 * What the store and the queues hold after a step.
 *
 * @param {Side} side @param {number} index
 */
export function stateAfter(side, index) {
  /** @type {Map<string, string>} */
  const store = new Map();
  /** @type {Map<number, Message>} */
  const messages = new Map();
  const log = [];
  for (let i = 0; i <= index && i < side.rows.length; i++) {
    for (const { key, value } of side.rows[i].changes) {
      if (value === null) store.delete(key);
      else store.set(key, value);
    }
    for (const message of side.rows[i].messages) messages.set(message.number, message);
    for (const line of side.rows[i].log) log.push({ line, now: i === index });
  }
  return { store, messages: [...messages.values()], log };
}

/** The words of a step, for whoever can't see it. @param {Side} side @param {number} index */
export function told(side, index) {
  const row = side.rows[index];
  const value = row.value === null ? '' : `: ${shortened(row.value, 60)}`;
  return `${side.lanes[row.lane].name} ${row.text} ${row.key}`.trim() + value;
}

/** The two steps are numbered in the sentence as in the picture. @param {Picture} picture */
export function numbered(picture) {
  if (!picture.failing.rows.some((row) => row.decides > 0)) return picture.sentence;
  const [first, ...rest] = picture.sentence.split('; ');
  const marked = first.replace(' before ', '\u00a0① before ').replace(/\.?$/, rest.length ? '\u00a0②' : '\u00a0②.');
  return [marked, ...rest].join('; ');
}

/** What came of the order, if one of the two steps read something else. @param {Picture} picture */
export function consequence({ failing, passing }) {
  const [wrong] = failing.rows.filter((row) => row.decides > 0 && row.kind === 'READ' && row.value !== null);
  const right = passing?.rows.find((row) => wrong && row.decides === wrong.decides);
  if (!wrong || !right || right.value === null || right.value === wrong.value) return '';
  return `So ${wrong.decides === 1 ? '①' : '②'} saw \`${shortened(String(wrong.value), 80)}\`, and not \`${shortened(right.value, 80)}\`.`;
}
