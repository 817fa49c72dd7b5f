/** Moments in words. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long ago a moment is, in the largest unit that tells it; from thirty days on, its date.
 *
 * @param {Date} at
 * @param {Date} now
 */
export function relatively(at, now) {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000);
  if (seconds < -5) return exactly(at);
  if (seconds < 10) return 'just now';
  if (seconds < MINUTE) return `${Math.floor(seconds / 10) * 10} seconds ago`;
  if (seconds < HOUR) return ago(seconds / MINUTE, 'minute');
  if (seconds < DAY) return ago(seconds / HOUR, 'hour');
  if (seconds < 2 * DAY) return 'yesterday';
  if (seconds < 30 * DAY) return ago(seconds / DAY, 'day');
  return `on ${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/**
 * A moment to the second, in the reader's own time zone.
 *
 * @param {Date} at
 */
export function exactly(at) {
  const offset = -at.getTimezoneOffset();
  const zone = `${offset < 0 ? '−' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${clock(at)} (UTC${zone})`;
}

/**
 * The time of day to the second.
 *
 * @param {Date} at
 */
export function clock(at) {
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** @param {number} count @param {string} unit */
function ago(count, unit) {
  const whole = Math.floor(count);
  return `${whole} ${unit}${whole === 1 ? '' : 's'} ago`;
}

/** @param {number} value */
function two(value) {
  return String(value).padStart(2, '0');
}
