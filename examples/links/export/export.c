/* All short links as CSV: a command, which reads a request as a CGI program does. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PARIGOT_IMPLEMENTATION
#include "parigot.h"

#define PREFIX "link/"
#define PAGE 100

/* A field of CSV (RFC 4180). */
static void field(parigot_bytes text) {
  putchar('"');
  for (uint32_t i = 0; i < text.len; i++) {
    if (text.ptr[i] == '"') putchar('"');
    putchar(text.ptr[i]);
  }
  putchar('"');
}

static int failed(parigot_result result) {
  fprintf(stderr, "the links can't be read: %u %.*s\n", result.error, (int)result.bytes.len, (const char *)result.bytes.ptr);
  return EXIT_FAILURE;
}

int main(void) {
  if (strcmp(getenv("REQUEST_METHOD"), "GET") != 0 && strcmp(getenv("REQUEST_METHOD"), "HEAD") != 0) {
    fputs("Status: 405 Method Not Allowed\r\nAllow: GET, HEAD\r\nContent-Type: text/plain\r\n\r\nAsk by GET.\n", stdout);
    return EXIT_SUCCESS;
  }
  fputs("Content-Type: text/csv; charset=utf-8\r\nContent-Disposition: attachment; filename=\"links.csv\"\r\n\r\n", stdout);
  fputs("name,url\r\n", stdout);
  parigot_bytes key = {0}, keys;
  int32_t count;
  do {
    parigot_result page = parigot_kv_list(parigot_text(PREFIX), key, PAGE);
    if (page.error) return failed(page);
    count = 0;
    for (keys = page.bytes; parigot_kv_next(&keys, &key); count++) {
      parigot_result url = parigot_kv_get(key);
      if (url.error) continue; /* deleted meanwhile */
      field((parigot_bytes){key.ptr + strlen(PREFIX), key.len - (uint32_t)strlen(PREFIX)});
      putchar(',');
      field(url.bytes);
      fputs("\r\n", stdout);
    }
  } while (count == PAGE);
  return EXIT_SUCCESS;
}
