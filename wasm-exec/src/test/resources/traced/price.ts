/* As price.c, compiled by: asc price.ts --runtime stub --debug --noAssert --bindings "" --use abort= --sourceMap -o price-ts.wasm */
/** What so many pieces cost, in cents. */
function price(pieces: i32): i32 {
  if (pieces > 1000) unreachable();
  return 9900 / pieces;
}

export function total(pieces: i32): i32 {
  let sum = 0;
  sum += pieces * price(pieces);
  return sum;
}
