/** What the store and the queues hold, as a table. */
import { make } from './failure-parts.js';
import { shortened } from './failure-story.js';

const MOST = { value: 200, message: 80 };

/** @param {string} key @param {string} value @param {string} [kind] `changed` or `touched` */
export function valueRow(key, value, kind = '') {
  const words = { changed: 'written now', touched: 'read now' }[kind] ?? '';
  return row(key, shortened(value, MOST.value), words, kind);
}

/** @param {string} key */
export function deletedRow(key) {
  return row(key, '', 'deleted now', 'changed');
}

/** @param {string} queue @param {string} text @param {string} place where the message is @param {boolean} moved whether it has just come there */
export function messageRow(queue, text, place, moved) {
  const made = row(queue, shortened(text, MOST.message), place, moved ? 'changed' : '');
  made.firstElementChild?.prepend('queue ');
  return made;
}

/** @param {string} key @param {string} text @param {string} words @param {string} kind */
function row(key, text, words, kind) {
  const name = make('th');
  name.setAttribute('scope', 'row');
  name.append(make('code', '', key));
  const cell = make('td');
  if (text) cell.append(make('code', '', text));
  if (words) cell.append(make('span', 'mark-word', words));
  const made = make('tr', kind);
  made.append(name, cell);
  return made;
}

/** @param {HTMLElement[]} rows @param {string} caption */
export function heldTable(rows, caption) {
  const body = make('tbody');
  body.append(...rows);
  if (!rows.length) {
    const empty = make('tr');
    empty.append(make('td', 'soft', 'The store and the queues are empty.'));
    body.append(empty);
  }
  const table = make('table');
  table.append(make('caption', 'unseen', caption), body);
  return table;
}
