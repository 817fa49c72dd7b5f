const FAR = 2;

/** The name that differs least from what was typed, by two letters at most. @param {string} typed @param {string[]} names */
export function nearest(typed, names) {
  if (typed.length > 64) {
    return null;
  }
  let found = null;
  let least = FAR + 1;
  for (const name of names) {
    const far = distance(typed, name);
    if (far <= Math.min(FAR, name.length - 1) && far < least) {
      found = name;
      least = far;
    }
  }
  return found;
}

/** How many letters have to be added, left out or changed (Levenshtein). @param {string} a @param {string} b */
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}
