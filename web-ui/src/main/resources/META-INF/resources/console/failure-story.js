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

/** What a step's number is in a sentence. @param {number} number of the two that decide */
function sign(number) {
  return number === 1 ? '①' : '②';
}

/** The two steps are numbered in the sentence as in the picture. @param {Picture} picture */
export function numbered({ sentence, failing }) {
  const [first, ...rest] = sentence.split('; ');
  if (!failing.rows.some((row) => row.decides > 0) || !first.includes(' before ')) return sentence;
  const marked = first.replace(' before ', '\u00a0① before ').replace(/(, which never did)?\.?$/, (end) => `\u00a0②${end}`);
  return [marked, ...rest].join('; ');
}

const ENDINGS = [
  { how: /^(?:trap|trapped): /, name: 'The test trapped' },
  { how: /^(?:stall|stalled): deadlock: /, name: 'Deadlock' },
  { how: /^(?:stall|stalled): lost wake-up: /, name: 'Lost wake-up' },
  { how: /^(?:stall|stalled): no end: /, name: 'No end' },
  { how: /^(?:(?:stall|stalled): time-out|408):? /, name: 'Time-out' },
  { how: /^(?:stall|stalled): /, name: 'It did not end' },
  { how: /^\d+:? /, name: 'The test failed with error' },
];

/** How the test failed: what that is called, and what was said of it. @param {string} failure */
export function ending(failure) {
  const found = ENDINGS.find(({ how }) => how.test(failure));
  if (!found) return { name: 'The test said', said: failure };
  return { name: found.name, said: found.name.endsWith('error') ? failure : failure.replace(found.how, '') };
}

/** How the run that passes differs from the one that fails. @param {Picture} picture */
export function otherwise({ failing }) {
  if (failing.rows.some((row) => row.decides > 0)) return 'The other way round it passes';
  return failing.rows.some((row) => row.kind === 'FAULT') ? 'Without that it passes' : 'In another order it passes';
}

/** What came of it: what one of the two steps read, else the last that the test read, and what is read where it passes; else what the log says then alone. @param {Picture} picture */
export function consequence({ failing, passing }) {
  const reads = (/** @type {Side} */ side) => side.rows.filter((row) => row.kind === 'READ' && row.value !== null);
  if (!passing) return '';
  const [wrong] = reads(failing).filter((row) => row.decides > 0);
  const right = wrong && reads(passing).find((row) => row.decides === wrong.decides);
  if (wrong && right && right.value !== wrong.value) return `So ${sign(wrong.decides)} saw ${code(wrong.value)}, and not ${code(right.value)}.`;
  const last = reads(failing).findLast((row) => row.task === failing.rows[0].task);
  const other = last && reads(passing).findLast((row) => row.task === passing.rows[0].task && row.key === last.key);
  if (last && other && other.value !== last.value) return `In the end the test read ${code(last.value)} from ${code(last.key)}, and not ${code(other.value)}.`;
  const line = errors(failing).findLast((each) => !errors(passing).includes(each));
  return line ? `In the log: ${code(line)}.` : '';
}

/** @param {Side} side */
function errors(side) {
  return side.rows.flatMap((row) => row.log).filter((line) => line.startsWith('error ')).map((line) => line.slice('error '.length));
}

/** @param {string | null} text */
function code(text) {
  return `\`${shortened(String(text), 80).replaceAll('`', "'")}\``;
}
