/**
 * Compares when the runtime finds schedules due with when Java does.
 *
 * node run-schedules.mjs RUNTIME CASES: CASES is a file of [{schedule, timezone, after, next}], times in milliseconds since 1970.
 * Prints a line for each difference.
 */
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const [runtime, file] = process.argv.slice(2);
const { Schedule } = await import(pathToFileURL(path.resolve(runtime, 'schedule.js')).href);
for (const { schedule, timezone, after, next } of JSON.parse(await readFile(file, 'utf8'))) {
  const found = new Schedule(schedule, timezone).next(after);
  if (found !== next) {
    const told = time => (time === null ? 'never' : new Date(time).toISOString());
    console.log(`${schedule} ${timezone} after ${told(after)}: ${told(found)} instead of ${told(next)}`);
  }
}
