/**
 * What the store, the queues and the log hold after a step.
 *
 * @import { Message, Row, Side } from './failure-story.js'
 */
import { heldTable, deletedRow, messageRow, valueRow } from './failure-held.js';
import { make, region } from './failure-parts.js';
import { shortened, stateAfter, told } from './failure-story.js';

const LAST_LINES = 4;

/** @param {Side} side @param {number} index @param {boolean} fails */
export function stateOf(side, index, fails) {
  const state = stateAfter(side, index);
  const box = region(
    fails ? 'state-after failing' : 'state-after passing',
    fails ? 'After this step of the run that fails' : 'After this step of the run that passes',
  );
  const now = make('p', 'now');
  now.append(make('span', 'sign', fails ? '✗' : '✓'), make('strong', '', `Step ${index + 1}`), ' ', told(side, index));
  const table = heldTable([...values(side, index, state.store), ...messages(side.rows[index], state.messages)], 'Store and queues after this step');
  box.append(now, table);
  if (state.log.length) box.append(logOf(state.log.slice(-LAST_LINES)));
  return box;
}

/** What the step has touched first, then what the two that decide are about. @param {Side} side @param {number} index @param {Map<string, string>} store */
function values(side, index, store) {
  const row = side.rows[index];
  const changed = new Set(row?.changes.map((change) => change.key));
  const touched = row?.kind === 'READ' ? row.key : '';
  const about = new Set(side.rows.filter((each) => each.decides).map((each) => each.key));
  const rank = (/** @type {string} */ key) => (changed.has(key) || key === touched ? 0 : about.has(key) ? 1 : 2);
  const lines = [...store]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([key, value]) => valueRow(key, value, changed.has(key) ? 'changed' : key === touched ? 'touched' : ''));
  const deleted = (row?.changes ?? []).filter((change) => change.value === null).map(({ key }) => deletedRow(key));
  return [...lines, ...deleted];
}

/** Those that have not been delivered, or just have. @param {Row | undefined} row @param {Message[]} all */
function messages(row, all) {
  const moved = new Set(row?.messages.map((message) => message.number));
  return all
    .filter((message) => message.place !== 'delivered' || moved.has(message.number))
    .map(({ queue, text, place, number }) => messageRow(queue, text, place, moved.has(number)));
}

/** @param {{ line: string, now: boolean }[]} lines */
function logOf(lines) {
  const log = make('ol', 'log');
  log.setAttribute('aria-label', 'Log');
  for (const { line: text, now } of lines) log.append(make('li', now ? 'changed' : '', shortened(text, 160)));
  return log;
}
