/** Which entries of the palette a few letters mean. */

/**
 * Those of which a word, or a part, or the letters in order are what was typed: in this order, and
 * otherwise as they came.
 *
 * @template {{label: string}} T
 * @param {T[]} entries
 * @param {string} typed
 * @returns {T[]}
 */
export function rank(entries, typed) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return entries
    .map((entry, i) => ({ entry, i, score: words.reduce((sum, word) => sum + score(entry.label.toLowerCase(), word), 0) }))
    .filter(({ score }) => score < Infinity)
    .sort((a, b) => a.score - b.score || a.i - b.i)
    .map(({ entry }) => entry);
}

/** @param {string} label @param {string} word */
function score(label, word) {
  if (label === word) return 0;
  if (label.startsWith(word)) return 1;
  if (label.split(/[\s-]/).some((part) => part.startsWith(word))) return 2;
  if (label.includes(word)) return 6;
  return inOrder(label, word) ? 12 : Infinity;
}

/** @param {string} label @param {string} word */
function inOrder(label, word) {
  let at = -1;
  return [...word].every((letter) => (at = label.indexOf(letter, at + 1)) >= 0);
}
