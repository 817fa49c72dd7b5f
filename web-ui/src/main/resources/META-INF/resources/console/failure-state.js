/**
 * What the store, the queues and the log hold after a step.
 *
 * @import { Message, Row, Side } from './failure-story.js'
 */
import { line, make, region } from './failure-parts.js';
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
  const body = make('tbody');
  body.append(...values(side, index, state.store), ...messages(side.rows[index], state.messages));
  if (!body.childElementCount) {
    const empty = make('tr');
    empty.append(make('td', 'soft', 'The store and the queues are empty.'));
    body.append(empty);
  }
  const table = make('table');
  table.append(make('caption', 'unseen', 'Store and queues after this step'), body);
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
    .map(([key, value]) => {
      const kind = changed.has(key) ? 'changed' : key === touched ? 'touched' : '';
      const cell = make('td');
      cell.append(make('code', '', shortened(value, 200)));
      if (kind) cell.append(make('span', 'mark-word', kind === 'changed' ? 'written now' : 'read now'));
      return withCell(line(kind, key), cell);
    });
  const deleted = (row?.changes ?? [])
    .filter((change) => change.value === null)
    .map(({ key }) => withCell(line('changed', key), make('td', '', 'deleted now')));
  return [...lines, ...deleted];
}

/** Those that have not been delivered, or just have. @param {Row | undefined} row @param {Message[]} all */
function messages(row, all) {
  const moved = new Set(row?.messages.map((message) => message.number));
  return all
    .filter((message) => message.place !== 'delivered' || moved.has(message.number))
    .map((message) => {
      const cell = make('td');
      cell.append(make('code', '', shortened(message.text, 80)), make('span', 'mark-word', message.place));
      return withCell(line(moved.has(message.number) ? 'changed' : '', message.queue, 'queue '), cell);
    });
}

/** @param {HTMLElement} row @param {HTMLElement} cell */
function withCell(row, cell) {
  row.append(cell);
  return row;
}

/** @param {{ line: string, now: boolean }[]} lines */
function logOf(lines) {
  const log = make('ol', 'log');
  log.setAttribute('aria-label', 'Log');
  for (const { line: text, now } of lines) log.append(make('li', now ? 'changed' : '', shortened(text, 160)));
  return log;
}
