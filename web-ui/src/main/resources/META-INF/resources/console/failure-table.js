/**
 * The steps of a failure's runs for those who read rather than look.
 *
 * @import { Picture, Side } from './failure-story.js'
 */
import { make, region } from './failure-parts.js';

const COLUMNS = ['Step', 'Who', 'What', 'Value', 'Decides'];

/** @param {Picture} picture */
export function tablesOf({ failing, passing }) {
  const details = make('details', 'tables');
  details.append(make('summary', '', 'The steps as a table'));
  details.append(tableOf(failing, passing ? 'The order that fails' : 'What happened'));
  if (passing) details.append(tableOf(passing, 'The same the other way round, which passes'));
  return details;
}

/** @param {Side} side @param {string} caption */
function tableOf(side, caption) {
  const head = make('tr');
  for (const name of COLUMNS) {
    const cell = make('th', '', name);
    cell.setAttribute('scope', 'col');
    head.append(cell);
  }
  const header = make('thead');
  header.append(head);
  const body = make('tbody');
  body.append(...side.rows.map((_, i) => rowOf(side, i)));
  const table = make('table', 'sequence');
  table.append(make('caption', '', caption), header, body);
  const view = region('view', caption);
  view.append(table);
  return view;
}

/** @param {Side} side @param {number} index */
function rowOf(side, index) {
  const row = side.rows[index];
  const value = make('td');
  if (row.value !== null) value.append(make('code', '', row.value));
  const line = make('tr', row.decides ? 'decisive' : '');
  line.append(
    make('td', '', String(index + 1)),
    make('td', '', side.lanes[row.lane].name),
    make('td', '', `${row.text} ${row.key}`.trim()),
    value,
    make('td', '', row.decides ? `${row.decides} of the two` : ''),
  );
  return line;
}
