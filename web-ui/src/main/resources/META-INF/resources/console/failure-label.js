/**
 * What a picture says of a step: whole, and wrapped where there is no room for a line.
 *
 * @import { Row, Side } from './failure-story.js'
 */
import { make } from './failure-parts.js';
import { shortened, told } from './failure-story.js';

/** Of a value; the steps as a table have more. */
const MOST = 140;
const VALUES = ['READ', 'WRITE', 'SEND'];

/** @param {Side} side @param {number} index */
export function labelOf(side, index) {
  const row = side.rows[index];
  const label = make('div', `label ${row.kind.toLowerCase()}${row.concerns ? '' : ' aside'}${row.decides ? ' card' : ''}`);
  label.title = told(side, index);
  if (row.kind === 'FAULT') {
    label.append(make('span', 'flash', '⚡'), ` ${row.text}`);
  } else if (row.kind === 'BEGIN' && row.text === 'begins' && row.key) {
    label.append(make('strong', '', row.key.slice(row.key.indexOf('.') + 1)));
  } else {
    label.append(make('span', 'words', row.text));
    if (row.key) label.append(' ', make('code', 'key', row.key));
  }
  const value = valueOf(row);
  if (value) label.append(' ', value);
  return label;
}

/** @param {Row} row */
function valueOf({ kind, value }) {
  if (value === null || !VALUES.includes(kind)) return null;
  const told = make('span', 'value', kind === 'READ' ? '→ ' : '= ');
  told.append(make('code', '', shortened(value, MOST)));
  return told;
}
