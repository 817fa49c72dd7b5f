/* What a list of products costs. Amounts are in hundredths of the currency. */
#define PARIGOT_IMPLEMENTATION
#include "parigot.h"
#include "parigot_json.h"

enum { MOST_OF_ONE = 99 };

PARIGOT_CALL(catalog, prices);

static int64_t configured(const char *key, int64_t otherwise) {
  parigot_result value = parigot_config(key);
  int64_t amount;
  return !value.error && parigot_json_integer(value.bytes, &amount) ? amount : otherwise;
}

static parigot_bytes currency(void) {
  parigot_result value = parigot_config("CURRENCY");
  return value.error ? parigot_text("EUR") : value.bytes;
}

/* A NUL-terminated copy, for parigot_json_member. */
static const char *terminated(parigot_bytes text) {
  char *copy = parigot_allocate(text.len + 1);
  if (!copy) return "";
  memcpy(copy, text.ptr, text.len);
  copy[text.len] = 0;
  return copy;
}

static void write_amount(parigot_writer *out, const char *name, int64_t amount) {
  parigot_write_text(out, ",\"");
  parigot_write_text(out, name);
  parigot_write_text(out, "\":");
  parigot_write_integer(out, amount);
}

/* Prices one line, writes it, and adds it to the subtotal. */
static parigot_result write_line(parigot_writer *out, parigot_bytes line, parigot_bytes prices,
                                 int64_t *subtotal) {
  parigot_bytes sku, name;
  int64_t quantity, price;
  if (!parigot_json_string(parigot_json_member(line, "sku"), &sku) || sku.len == 0)
    return parigot_fail(400, "sku: expected a string");
  if (!parigot_json_integer(parigot_json_member(line, "quantity"), &quantity) || quantity < 1 ||
      quantity > MOST_OF_ONE)
    return parigot_fail(400, "quantity: expected an integer from 1 to 99");

  parigot_bytes product = parigot_json_member(prices, terminated(sku));
  if (!parigot_json_string(parigot_json_member(product, "name"), &name) ||
      !parigot_json_integer(parigot_json_member(product, "price"), &price))
    return parigot_fail(404, "There is no such product.");

  *subtotal += price * quantity;
  parigot_write_text(out, "{\"sku\":");
  parigot_write_string(out, sku);
  parigot_write_text(out, ",\"name\":");
  parigot_write_string(out, name);
  write_amount(out, "quantity", quantity);
  write_amount(out, "price", price);
  write_amount(out, "total", price * quantity);
  parigot_write_text(out, "}");
  return parigot_ok((parigot_bytes){0});
}

/*
 * {"lines": [{"sku", "quantity"}]} → {"currency", "lines": [{"sku", "name", "quantity", "price",
 * "total"}], "subtotal", "shipping", "total", "free_shipping_from"}
 */
PARIGOT_METHOD(quote) {
  parigot_result prices = catalog_prices((parigot_bytes){0});
  if (prices.error) return prices;
  parigot_bytes lines = parigot_json_member(request, "lines"), line;
  if (!lines.len || *lines.ptr != '[') return parigot_fail(400, "lines: expected an array");

  int64_t subtotal = 0;
  const char *separator = "";
  parigot_writer out = {0};
  parigot_write_text(&out, "{\"currency\":");
  parigot_write_string(&out, currency());
  parigot_write_text(&out, ",\"lines\":[");
  while (parigot_json_next(&lines, &line)) {
    parigot_write_text(&out, separator);
    parigot_result written = write_line(&out, line, prices.bytes, &subtotal);
    if (written.error) return written;
    separator = ",";
  }
  parigot_write_text(&out, "]");

  int64_t free_from = configured("FREE_SHIPPING_FROM", 6000);
  bool free_shipping = subtotal == 0 || subtotal >= free_from;
  int64_t shipping = free_shipping ? 0 : configured("SHIPPING", 490);
  write_amount(&out, "subtotal", subtotal);
  write_amount(&out, "shipping", shipping);
  write_amount(&out, "total", subtotal + shipping);
  write_amount(&out, "free_shipping_from", free_from);
  parigot_write_text(&out, "}");
  return parigot_written(&out);
}
