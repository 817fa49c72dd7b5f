/*
 * What a visitor has chosen. A cart lives under the key cart/<id>, as a JSON array of
 * {"sku", "quantity"}; each change is a compare-and-set, so that two tabs don't lose each other's.
 */
#define PARIGOT_IMPLEMENTATION
#include "parigot.h"
#include "parigot_json.h"

enum { SHORTEST_ID = 8, LONGEST_ID = 64, MOST_LINES = 50, MOST_OF_ONE = 99, TRIES = 100 };
enum { EMPTY = 1002, FULL = 1003 };

PARIGOT_CALL(pricing, quote);

typedef struct {
  parigot_bytes sku;
  int64_t quantity;
} line;

typedef struct {
  parigot_bytes key;
  parigot_bytes stored; /* PARIGOT_ABSENT if nothing is */
  line lines[MOST_LINES];
  int count;
} cart;

/* ---- Lines ------------------------------------------------------------------------------- */

static line *find(cart *cart, parigot_bytes sku) {
  for (int i = 0; i < cart->count; i++)
    if (parigot_equal(cart->lines[i].sku, sku)) return &cart->lines[i];
  return NULL;
}

/* Sets the quantity of a product, 0 to take it out; false if there is no room for another. */
static bool set_quantity(cart *cart, parigot_bytes sku, int64_t quantity) {
  line *found = find(cart, sku);
  if (quantity > MOST_OF_ONE) quantity = MOST_OF_ONE;
  if (found && quantity > 0) {
    found->quantity = quantity;
  } else if (found) {
    line *last = &cart->lines[--cart->count];
    memmove(found, found + 1, (size_t)(last - found) * sizeof(line));
  } else if (quantity > 0) {
    if (cart->count == MOST_LINES) return false;
    cart->lines[cart->count++] = (line){sku, quantity};
  }
  return true;
}

static bool add_quantity(cart *cart, parigot_bytes sku, int64_t quantity) {
  line *found = find(cart, sku);
  return set_quantity(cart, sku, quantity + (found ? found->quantity : 0));
}

static bool read_line(parigot_bytes json, line *read) {
  return parigot_json_string(parigot_json_member(json, "sku"), &read->sku) && read->sku.len > 0 &&
         parigot_json_integer(parigot_json_member(json, "quantity"), &read->quantity) &&
         read->quantity >= 0 && read->quantity <= MOST_OF_ONE;
}

static void write_lines(parigot_writer *out, const cart *cart) {
  parigot_write_text(out, "[");
  for (int i = 0; i < cart->count; i++) {
    parigot_write_text(out, i ? ",{\"sku\":" : "{\"sku\":");
    parigot_write_string(out, cart->lines[i].sku);
    parigot_write_text(out, ",\"quantity\":");
    parigot_write_integer(out, cart->lines[i].quantity);
    parigot_write_text(out, "}");
  }
  parigot_write_text(out, "]");
}

static parigot_result lines_of(const cart *cart) {
  parigot_writer out = {0};
  parigot_write_text(&out, "{\"lines\":");
  write_lines(&out, cart);
  parigot_write_text(&out, "}");
  return parigot_written(&out);
}

static parigot_result priced(const cart *cart) {
  parigot_result lines = lines_of(cart);
  return lines.error ? lines : pricing_quote(lines.bytes);
}

/* ---- Store ------------------------------------------------------------------------------- */

static bool is_id(parigot_bytes id) {
  if (id.len < SHORTEST_ID || id.len > LONGEST_ID) return false;
  for (uint32_t i = 0; i < id.len; i++) {
    uint8_t c = id.ptr[i], lower = c | 0x20;
    if (!(c >= '0' && c <= '9') && !(lower >= 'a' && lower <= 'z') && c != '-') return false;
  }
  return true;
}

/* Reads the cart that the request's member "cart" names. */
static parigot_result load(cart *cart, parigot_bytes request) {
  parigot_bytes id, rest, item;
  if (!parigot_json_string(parigot_json_member(request, "cart"), &id) || !is_id(id))
    return parigot_fail(400, "cart: expected 8 to 64 letters, digits and hyphens");
  parigot_writer key = {0};
  parigot_write_text(&key, "cart/");
  parigot_write(&key, id);
  cart->key = parigot_written(&key).bytes;
  cart->count = 0;

  parigot_result stored = parigot_kv_get(cart->key);
  if (stored.error && stored.error != 404) return stored;
  cart->stored = rest = stored.error ? PARIGOT_ABSENT : stored.bytes;
  if (stored.error) return parigot_ok((parigot_bytes){0});
  while (cart->count < MOST_LINES && parigot_json_next(&rest, &item))
    if (read_line(item, &cart->lines[cart->count])) cart->count++;
  return parigot_ok((parigot_bytes){0});
}

/* 409 if the cart has changed since it was loaded. */
static parigot_result save(const cart *cart) {
  parigot_writer out = {0};
  write_lines(&out, cart);
  parigot_result lines = parigot_written(&out);
  if (lines.error) return lines;
  return parigot_kv_compare_and_set(cart->key, cart->stored, lines.bytes);
}

static parigot_result busy(void) {
  return parigot_fail(503, "This cart is being changed elsewhere. Please try again.");
}

/* ---- Methods ----------------------------------------------------------------------------- */

/* Loads, changes one line, prices and saves. What can't be priced is never saved. */
static parigot_result change(parigot_bytes request,
                             bool (*apply)(cart *, parigot_bytes, int64_t)) {
  line wanted;
  if (!read_line(request, &wanted))
    return parigot_fail(400, "expected \"sku\", and \"quantity\" from 0 to 99");
  for (int i = 0; i < TRIES; i++) {
    cart cart;
    parigot_result result = load(&cart, request);
    if (result.error) return result;
    if (!apply(&cart, wanted.sku, wanted.quantity))
      return parigot_fail(FULL, "The cart is full: it holds fifty different products.");
    parigot_result quote = priced(&cart);
    if (quote.error) return quote;
    result = save(&cart);
    if (result.error != 409) return result.error ? result : quote;
  }
  return busy();
}

/* {"cart"} → the priced cart, as pricing.quote gives it */
PARIGOT_METHOD(view) {
  cart cart;
  parigot_result loaded = load(&cart, request);
  return loaded.error ? loaded : priced(&cart);
}

/* {"cart", "sku", "quantity"} → the priced cart with so many more of the product */
PARIGOT_METHOD(add) { return change(request, add_quantity); }

/* {"cart", "sku", "quantity"} → the priced cart with so many of the product; 0 takes it out */
PARIGOT_METHOD(set) { return change(request, set_quantity); }

/*
 * {"cart"} → {"lines": [{"sku", "quantity"}]}, and the cart is empty. Of two at once, one gets the
 * lines and the other finds an empty cart.
 */
PARIGOT_METHOD(take) {
  for (int i = 0; i < TRIES; i++) {
    cart cart;
    parigot_result result = load(&cart, request);
    if (result.error) return result;
    if (!cart.count) return parigot_fail(EMPTY, "The cart is empty.");
    parigot_result lines = lines_of(&cart);
    if (lines.error) return lines;
    cart.count = 0;
    result = save(&cart);
    if (result.error != 409) return result.error ? result : lines;
  }
  return busy();
}

/* {"cart", "lines"}: puts back what `take` gave, beside what the cart holds by now */
PARIGOT_METHOD(give_back) {
  for (int i = 0; i < TRIES; i++) {
    cart cart;
    parigot_result result = load(&cart, request);
    if (result.error) return result;
    parigot_bytes lines = parigot_json_member(request, "lines"), item;
    line back;
    while (parigot_json_next(&lines, &item))
      if (read_line(item, &back)) add_quantity(&cart, back.sku, back.quantity);
    result = save(&cart);
    if (result.error != 409) return result;
  }
  return busy();
}
