/** Where an arrow key leads from one tile of a graph. */

/**
 * Right goes to what the tile calls and left to what calls it, the nearest in height first; up and
 * down stay in its column; Home and End are the first and the last tile.
 *
 * @param {{tiles: {name: string, x: number, y: number}[], edges: {from: string, to: string}[]}} graph
 * @param {string} from
 * @param {string} key as in KeyboardEvent.key
 * @returns {string} the name of the tile to go to, or empty
 */
export function nextTile(graph, from, key) {
  const here = graph.tiles.find((tile) => tile.name === from);
  if (!here) return '';
  const others = graph.tiles.filter((tile) => tile !== here);
  const linked = (/** @type {'from' | 'to'} */ near, /** @type {'from' | 'to'} */ far) => {
    const names = new Set(graph.edges.filter((edge) => edge[near] === from).map((edge) => edge[far]));
    return others.filter((tile) => names.has(tile.name));
  };
  const nearest = (/** @type {typeof others} */ tiles) =>
    tiles.toSorted((a, b) => distance(here, a) - distance(here, b))[0]?.name ?? '';
  switch (key) {
    case 'ArrowRight':
      return nearest(linked('from', 'to')) || nearest(others.filter((tile) => tile.x > here.x));
    case 'ArrowLeft':
      return nearest(linked('to', 'from')) || nearest(others.filter((tile) => tile.x < here.x));
    case 'ArrowDown':
      return nearest(others.filter((tile) => tile.x === here.x && tile.y > here.y)) || nearest(others.filter((tile) => tile.y > here.y));
    case 'ArrowUp':
      return nearest(others.filter((tile) => tile.x === here.x && tile.y < here.y)) || nearest(others.filter((tile) => tile.y < here.y));
    case 'Home':
      return graph.tiles[0].name;
    case 'End':
      return graph.tiles[graph.tiles.length - 1].name;
    default:
      return '';
  }
}

/** @param {{x: number, y: number}} a @param {{x: number, y: number}} b */
function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
