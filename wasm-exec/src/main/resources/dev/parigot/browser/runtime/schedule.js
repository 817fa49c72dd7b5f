const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Of days to look through: one that comes only in leap years has come within 8 years and a bit. */
const MOST_DAYS = 366 * 9;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * When something is due, as unix cron says it: five fields, in which a day is due if the day of the month or the day of the week
 * matches, unless one of the two is a star.
 */
export class Schedule {
  #minutes;
  #hours;
  #days;
  #months;
  /** @type {Set<number>} */
  #weekdays;
  #eitherDay;
  #format;

  /** @param {string} expression checked when the manifest was read @param {string} timezone */
  constructor(expression, timezone) {
    const [minute, hour, day, month, weekday] = expression.trim().toLowerCase().split(/\s+/);
    this.#minutes = field(minute, 0, 59);
    this.#hours = field(hour, 0, 23);
    this.#days = field(day, 1, 31);
    this.#months = field(month, 1, 12, MONTHS);
    this.#weekdays = field(weekday, 0, 7, WEEKDAYS);
    if (this.#weekdays.has(7)) {
      this.#weekdays.add(0);
    }
    this.#eitherDay = day !== '*' && weekday !== '*';
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  }

  /** The first time after `after` at which it is due, in milliseconds since 1970; null if it never is again. @param {number} after */
  next(after) {
    const first = Math.floor(after / MINUTE) * MINUTE + MINUTE;
    const local = this.#localOf(first);
    let day = Math.floor(local / DAY) * DAY;
    for (let days = 0; days < MOST_DAYS; days++, day += DAY) {
      if (this.#isDueOn(new Date(day))) {
        const found = this.#within(day, first);
        if (found !== null) {
          return found;
        }
      }
    }
    return null;
  }

  /** @param {Date} day */
  #isDueOn(day) {
    const date = this.#days.has(day.getUTCDate());
    const weekday = this.#weekdays.has(day.getUTCDay());
    return this.#months.has(day.getUTCMonth() + 1) && (this.#eitherDay ? date || weekday : date && weekday);
  }

  /** The first time of a local day that is due and not before `first`. @param {number} day @param {number} first */
  #within(day, first) {
    for (const hour of this.#hours) {
      for (const minute of this.#minutes) {
        const instant = this.#instantOf(day + (hour * 60 + minute) * MINUTE);
        if (instant !== null && instant >= first) {
          return instant;
        }
      }
    }
    return null;
  }

  /** What a clock on the wall shows, as if it were UTC. @param {number} instant */
  #localOf(instant) {
    /** @type {Record<string, number>} */
    const parts = {};
    for (const { type, value } of this.#format.formatToParts(instant)) {
      parts[type] = Number(value);
    }
    return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute);
  }

  /** When a clock on the wall first shows that; null in the hour that summer time leaves out. @param {number} local */
  #instantOf(local) {
    const guesses = [local - DAY, local + DAY].map(near => local - (this.#localOf(near) - near));
    return guesses.sort((a, b) => a - b).find(guess => this.#localOf(guess) === local) ?? null;
  }
}

/**
 * The numbers of a field, in their order: stars, lists, ranges and steps.
 *
 * @param {string} text
 * @param {number} least
 * @param {number} most
 * @param {string[]} names
 */
function field(text, least, most, names = []) {
  /** @type {Set<number>} */
  const numbers = new Set();
  const number = (/** @type {string} */ word) =>
    names.includes(word) ? names.indexOf(word) + least : Number(word);
  for (const part of text.split(',')) {
    const [range, step] = part.split('/');
    const [from, to] = range === '*' ? [String(least), String(most)] : range.split('-');
    const last = to === undefined ? (step === undefined ? number(from) : most) : number(to);
    for (let i = number(from); i <= last; i += Number(step ?? 1)) {
      numbers.add(i);
    }
  }
  return new Set([...numbers].sort((a, b) => a - b));
}
