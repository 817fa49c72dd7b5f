/*
 * parigot_json.h: read and write JSON in a service in C. It goes with parigot.h, and needs no
 * tree: a value is the view of its own text, and every function checks what it reads.
 *
 *   parigot_bytes sku = parigot_json_member(request, "sku");     // {NULL, 0} if there is none
 *   parigot_bytes text;
 *   if (!parigot_json_string(sku, &text)) return parigot_fail(400, "sku: expected a string");
 */
#ifndef PARIGOT_JSON_H
#define PARIGOT_JSON_H

#include "parigot.h"

/* Nesting beyond this is taken for malformed: it bounds the stack. */
enum { PARIGOT_JSON_DEPTH = 64 };

/* Whether the text is one JSON value with nothing but white space around it. */
bool parigot_json_valid(parigot_bytes text);

/* The value of an object's member, by its unescaped name; empty if there is none. */
parigot_bytes parigot_json_member(parigot_bytes object, const char *name);

/*
 * Takes the next item off an array's text. Begin with `rest` as the array; false at its end, and
 * at once for what is no array.
 */
bool parigot_json_next(parigot_bytes *rest, parigot_bytes *item);

/* A string without its quotes and escapes, in memory of this call; false if it is no string. */
bool parigot_json_string(parigot_bytes value, parigot_bytes *text);

/* A number without fraction and exponent that fits; false if it is not one. */
bool parigot_json_integer(parigot_bytes value, int64_t *integer);

/* Writes a JSON string, with quotes and escapes. */
void parigot_write_string(parigot_writer *writer, parigot_bytes text);

#endif /* PARIGOT_JSON_H */

#if defined(PARIGOT_IMPLEMENTATION) && !defined(PARIGOT_JSON_IMPLEMENTED)
#define PARIGOT_JSON_IMPLEMENTED

typedef const uint8_t *parigot_at;

static parigot_at parigot_json_space(parigot_at at, parigot_at end) {
  while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')) at++;
  return at;
}

static int parigot_json_hex(uint8_t digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  digit |= 0x20;
  return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

/* The code unit of four hexadecimal digits, or -1. */
static int32_t parigot_json_unit(parigot_at at, parigot_at end) {
  int32_t unit = 0;
  if (end - at < 4) return -1;
  for (int i = 0; i < 4; i++) {
    int digit = parigot_json_hex(at[i]);
    if (digit < 0) return -1;
    unit = unit << 4 | digit;
  }
  return unit;
}

/* Each of these gives the end of what it read at `at`, or NULL if that is malformed. */

static parigot_at parigot_json_skip_string(parigot_at at, parigot_at end) {
  if (at >= end || *at++ != '"') return NULL;
  while (at < end) {
    uint8_t c = *at++;
    if (c == '"') return at;
    if (c < 0x20) return NULL;
    if (c != '\\') continue;
    if (at >= end) return NULL;
    c = *at++;
    if (c == 'u') {
      if (parigot_json_unit(at, end) < 0) return NULL;
      at += 4;
    } else if (!c || !strchr("\"\\/bfnrt", c)) {
      return NULL;
    }
  }
  return NULL;
}

static parigot_at parigot_json_skip_digits(parigot_at at, parigot_at end) {
  parigot_at start = at;
  while (at < end && *at >= '0' && *at <= '9') at++;
  return at > start ? at : NULL;
}

static parigot_at parigot_json_skip_number(parigot_at at, parigot_at end) {
  if (at < end && *at == '-') at++;
  if (at < end && *at == '0') {
    at++;
  } else if (!(at = parigot_json_skip_digits(at, end))) {
    return NULL;
  }
  if (at < end && *at == '.' && !(at = parigot_json_skip_digits(at + 1, end))) return NULL;
  if (at < end && (*at | 0x20) == 'e') {
    at++;
    if (at < end && (*at == '+' || *at == '-')) at++;
    at = parigot_json_skip_digits(at, end);
  }
  return at;
}

static parigot_at parigot_json_skip_word(parigot_at at, parigot_at end, const char *word) {
  size_t len = strlen(word);
  return (size_t)(end - at) >= len && !memcmp(at, word, len) ? at + len : NULL;
}

static parigot_at parigot_json_skip(parigot_at at, parigot_at end, int depth);

static parigot_at parigot_json_skip_items(parigot_at at, parigot_at end, int depth) {
  uint8_t close = *at == '{' ? '}' : ']';
  if (depth == PARIGOT_JSON_DEPTH) return NULL;
  at = parigot_json_space(at + 1, end);
  if (at < end && *at == close) return at + 1;
  for (;;) {
    if (close == '}') {
      if (!(at = parigot_json_skip_string(at, end))) return NULL;
      at = parigot_json_space(at, end);
      if (at >= end || *at++ != ':') return NULL;
      at = parigot_json_space(at, end);
    }
    if (!(at = parigot_json_skip(at, end, depth + 1))) return NULL;
    at = parigot_json_space(at, end);
    if (at >= end) return NULL;
    if (*at == close) return at + 1;
    if (*at++ != ',') return NULL;
    at = parigot_json_space(at, end);
  }
}

static parigot_at parigot_json_skip(parigot_at at, parigot_at end, int depth) {
  if (at >= end) return NULL;
  switch (*at) {
    case '{':
    case '[': return parigot_json_skip_items(at, end, depth);
    case '"': return parigot_json_skip_string(at, end);
    case 't': return parigot_json_skip_word(at, end, "true");
    case 'f': return parigot_json_skip_word(at, end, "false");
    case 'n': return parigot_json_skip_word(at, end, "null");
    default: return parigot_json_skip_number(at, end);
  }
}

bool parigot_json_valid(parigot_bytes text) {
  parigot_at end = text.ptr + text.len;
  parigot_at at = parigot_json_skip(parigot_json_space(text.ptr, end), end, 0);
  return at && parigot_json_space(at, end) == end;
}

parigot_bytes parigot_json_member(parigot_bytes object, const char *name) {
  parigot_at end = object.ptr + object.len;
  parigot_at at = parigot_json_space(object.ptr, end);
  parigot_bytes none = {NULL, 0}, wanted = parigot_text(name), found;
  if (at >= end || *at != '{') return none;
  at = parigot_json_space(at + 1, end);
  for (;;) {
    parigot_at key = at;
    if (!(at = parigot_json_skip_string(at, end))) return none;
    bool same = parigot_json_string((parigot_bytes){key, (uint32_t)(at - key)}, &found) &&
                parigot_equal(found, wanted);
    at = parigot_json_space(at, end);
    if (at >= end || *at++ != ':') return none;
    parigot_at value = at = parigot_json_space(at, end);
    if (!(at = parigot_json_skip(at, end, 1))) return none;
    if (same) return (parigot_bytes){value, (uint32_t)(at - value)};
    at = parigot_json_space(at, end);
    if (at >= end || *at++ != ',') return none;
    at = parigot_json_space(at, end);
  }
}

bool parigot_json_next(parigot_bytes *rest, parigot_bytes *item) {
  parigot_at end = rest->ptr + rest->len;
  parigot_at at = parigot_json_space(rest->ptr, end);
  if (at >= end || (*at != '[' && *at != ',')) return false;
  at = parigot_json_space(at + 1, end);
  parigot_at value = at;
  if (!(at = parigot_json_skip(at, end, 1))) return false;
  *item = (parigot_bytes){value, (uint32_t)(at - value)};
  *rest = (parigot_bytes){at, (uint32_t)(end - at)};
  return true;
}

static uint8_t *parigot_json_utf8(uint8_t *out, uint32_t point) {
  if (point < 0x80) {
    *out++ = (uint8_t)point;
  } else if (point < 0x800) {
    *out++ = (uint8_t)(0xC0 | point >> 6);
    *out++ = (uint8_t)(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    *out++ = (uint8_t)(0xE0 | point >> 12);
    *out++ = (uint8_t)(0x80 | (point >> 6 & 0x3F));
    *out++ = (uint8_t)(0x80 | (point & 0x3F));
  } else {
    *out++ = (uint8_t)(0xF0 | point >> 18);
    *out++ = (uint8_t)(0x80 | (point >> 12 & 0x3F));
    *out++ = (uint8_t)(0x80 | (point >> 6 & 0x3F));
    *out++ = (uint8_t)(0x80 | (point & 0x3F));
  }
  return out;
}

/* The code point of a \u escape whose digits begin at *at; half a pair becomes U+FFFD. */
static uint32_t parigot_json_point(parigot_at *at, parigot_at end) {
  int32_t unit = parigot_json_unit(*at, end);
  *at += 4;
  if (unit < 0xD800 || unit > 0xDFFF) return (uint32_t)unit;
  if (unit < 0xDC00 && end - *at >= 6 && (*at)[0] == '\\' && (*at)[1] == 'u') {
    int32_t low = parigot_json_unit(*at + 2, end);
    if (low >= 0xDC00 && low <= 0xDFFF) {
      *at += 6;
      return 0x10000 + ((uint32_t)(unit - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
    }
  }
  return 0xFFFD;
}

bool parigot_json_string(parigot_bytes value, parigot_bytes *text) {
  parigot_at at = value.ptr, end = value.ptr + value.len;
  if (value.len < 2 || parigot_json_skip_string(at, end) != end) return false;
  at++, end--;
  if (at == end || !memchr(at, '\\', (size_t)(end - at))) {
    *text = (parigot_bytes){at, (uint32_t)(end - at)};
    return true;
  }
  uint8_t *start = parigot_allocate(value.len), *out = start;
  if (!start) return false;
  while (at < end) {
    if (*at != '\\') {
      *out++ = *at++;
      continue;
    }
    uint8_t escape = at[1];
    at += 2;
    switch (escape) {
      case 'b': *out++ = '\b'; break;
      case 'f': *out++ = '\f'; break;
      case 'n': *out++ = '\n'; break;
      case 'r': *out++ = '\r'; break;
      case 't': *out++ = '\t'; break;
      case 'u': out = parigot_json_utf8(out, parigot_json_point(&at, end)); break;
      default: *out++ = escape;
    }
  }
  *text = (parigot_bytes){start, (uint32_t)(out - start)};
  return true;
}

bool parigot_json_integer(parigot_bytes value, int64_t *integer) {
  parigot_at at = value.ptr, end = value.ptr + value.len;
  if (!value.len || parigot_json_skip_number(at, end) != end) return false;
  bool negative = *at == '-';
  int64_t sum = 0;
  for (at += negative; at < end; at++) {
    if (*at < '0' || *at > '9') return false;
    if (__builtin_mul_overflow(sum, 10, &sum)) return false;
    if (__builtin_sub_overflow(sum, *at - '0', &sum)) return false;
  }
  if (negative) {
    *integer = sum;
    return true;
  }
  return !__builtin_sub_overflow(0, sum, integer);
}

void parigot_write_string(parigot_writer *writer, parigot_bytes text) {
  static const char hex[] = "0123456789abcdef";
  parigot_write_text(writer, "\"");
  for (uint32_t i = 0; i < text.len; i++) {
    uint8_t c = text.ptr[i];
    uint8_t escaped[6] = {'\\', c, '0', '0', (uint8_t)hex[c >> 4], (uint8_t)hex[c & 15]};
    uint32_t len = c == '"' || c == '\\' ? 2 : 6;
    if (c < 0x20) escaped[1] = 'u';
    bool plain = c >= 0x20 && len == 6;
    parigot_write(writer, plain ? (parigot_bytes){text.ptr + i, 1} : (parigot_bytes){escaped, len});
  }
  parigot_write_text(writer, "\"");
}

#endif /* PARIGOT_IMPLEMENTATION */
