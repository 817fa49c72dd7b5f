import { failed, returned } from './outcome.js';
import { bytesOf, textOf } from './memory.js';

/** @import { Method } from './description.js' */
/** @import { Outcome } from './outcome.js' */

/**
 * The arguments and the results of a plain module's function as a JSON array. An i64 is a string of decimals, as not every
 * reader of JSON can hold one; NaN and the infinities are strings.
 */

const ELEMENT = /\s*(?:"([^"\\]*)"|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?))\s*/y;

class Mismatch extends Error {}

/**
 * @param {Function} method
 * @param {Method} type
 * @param {Uint8Array} request
 * @returns {Outcome}
 */
export function callPlain(method, type, request) {
  const params = type.params ?? [];
  const results = type.results ?? [];
  let values;
  try {
    values = read(textOf(request), params);
  } catch (thrown) {
    if (thrown instanceof Mismatch) {
      return failed(400, `${type.name} takes [${params.join(', ')}]: ${thrown.message}`);
    }
    throw thrown;
  }
  const result = method(...values);
  const all = results.length === 0 ? [] : results.length === 1 ? [result] : [...result];
  return returned(bytesOf(`[${all.map((value, i) => text(value, results[i])).join(',')}]`));
}

/** @param {string} json @param {string[]} types */
function read(json, types) {
  const elements = elementsOf(json);
  if (elements.length !== types.length) {
    throw new Mismatch(`${elements.length} arguments instead of ${types.length}`);
  }
  return elements.map((element, i) => {
    const value = valueOf(element, types[i]);
    if (value === null) {
      const shown = element.quoted ? `"${element.text}"` : element.text;
      throw new Mismatch(`argument ${i + 1} is ${shown}, no ${types[i]}`);
    }
    return value;
  });
}

/** @param {string} json */
function elementsOf(json) {
  const array = json.trim();
  if (!array.startsWith('[') || !array.endsWith(']') || array.length < 2) {
    throw new Mismatch('the body is no JSON array');
  }
  const inside = array.slice(1, -1);
  /** @type {{ text: string, quoted: boolean }[]} */
  const elements = [];
  if (inside.trim() === '') {
    return elements;
  }
  for (let at = 0; ; at++) {
    ELEMENT.lastIndex = at;
    const match = ELEMENT.exec(inside);
    if (!match) {
      throw new Mismatch(`argument ${elements.length + 1} is no number or string`);
    }
    elements.push({ text: match[1] ?? match[2], quoted: match[1] !== undefined });
    at = ELEMENT.lastIndex;
    if (at === inside.length) {
      return elements;
    }
    if (inside[at] !== ',') {
      throw new Mismatch(`a comma is missing after argument ${elements.length}`);
    }
  }
}

/** Null if it is none of that type. @param {{ text: string, quoted: boolean }} element @param {string} type */
function valueOf({ text: digits, quoted }, type) {
  switch (type) {
    case 'i32':
      return !quoted && /^-?\d+$/.test(digits) && Number(digits) >= -(2 ** 31) && Number(digits) < 2 ** 32
        ? Number(digits) | 0
        : null;
    case 'i64': {
      const value = /^-?\d+$/.test(digits) ? BigInt(digits) : null;
      return value !== null && value >= -(1n << 63n) && value < 1n << 64n ? BigInt.asIntN(64, value) : null;
    }
    default:
      return !quoted || /^(NaN|-?Infinity)$/.test(digits) ? Number(digits) : null;
  }
}

/** @param {number | bigint} value @param {string} type */
function text(value, type) {
  if (type === 'i64') {
    return `"${value}"`;
  }
  return Number.isFinite(value) ? String(type === 'f32' ? shortest(Number(value)) : value) : `"${value}"`;
}

/** The shortest decimal that is the same f32. @param {number} value */
function shortest(value) {
  for (let digits = 1; digits < 10; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) {
      return rounded;
    }
  }
  return value;
}
