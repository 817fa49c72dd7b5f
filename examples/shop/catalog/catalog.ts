// What is sold, and how many are left.

import { Json, call, config, log, ok } from "../../../sdk/assemblyscript/assembly";
export { parigot_alloc, parigot_free } from "../../../sdk/assemblyscript/assembly";

@external("parigot:service/stock", "levels")
declare function stock_levels(ptr: usize, len: u32): u64;

class Product {
  constructor(
    readonly sku: string,
    readonly name: string,
    readonly about: string,
    /** In hundredths of the currency. */
    readonly price: i64,
  ) {}
}

const PRODUCTS: Product[] = [
  new Product("plaque", "Street sign", "Enamelled steel, with the name of your choice of square.", 4500),
  new Product("beret", "Béret", "Merino wool, felted twice. It sits as you put it.", 3900),
  new Product("caneles", "Canelés, box of six", "Baked this morning in copper: a dark crust, a soft heart.", 1450),
  new Product("mariniere", "Marinière", "Twenty-one stripes on heavy cotton.", 5900),
  new Product("coffee", "Coffee of the counter", "250 grams, roasted dark, ground for a moka pot.", 990),
  new Product("ticket", "Last metro tickets", "Ten paper tickets from the last roll. No longer valid.", 1690),
  new Product("roofs", "Roofs, a print", "Zinc and chimneys at six in the evening, 30 by 40 cm.", 2400),
  new Product("tumblers", "Bistro tumblers", "Four glasses that survive the floor, mostly.", 2200),
];

/** {"currency": "EUR", "products": [{"sku", "name", "about", "price", "left": 12 or null}]} */
export function list(ptr: usize, len: u32): u64 {
  const levels = currentLevels();
  const products = Json.array();
  for (let i = 0; i < PRODUCTS.length; i++) {
    const product = PRODUCTS[i];
    products.push(
      Json.object()
        .set("sku", Json.string(product.sku))
        .set("name", Json.string(product.name))
        .set("about", Json.string(product.about))
        .set("price", Json.integer(product.price))
        .set("left", levels.get(product.sku)),
    );
  }
  const currency = Json.string(config.get("CURRENCY", "EUR"));
  return ok(Json.object().set("currency", currency).set("products", products).toString());
}

/** {"<sku>": {"name", "price"}}, without a look at the stock. */
export function prices(ptr: usize, len: u32): u64 {
  const answer = Json.object();
  for (let i = 0; i < PRODUCTS.length; i++) {
    const product = PRODUCTS[i];
    answer.set(
      product.sku,
      Json.object().set("name", Json.string(product.name)).set("price", Json.integer(product.price)),
    );
  }
  return ok(answer.toString());
}

// A shop window without levels is better than none.
function currentLevels(): Json {
  const levels = call(stock_levels);
  const json = levels.ok ? Json.parse(levels.text) : null;
  if (json) return json;
  log.warn("listed without stock levels: " + levels.text);
  return Json.object();
}
