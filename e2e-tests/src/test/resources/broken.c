/* A service that traps, or with -DMENDED doesn't. Compiled to broken.wasm, and to mended.wasm, by: clang-19
   --target=wasm32 -nostdlib -O0 -g -fdebug-compilation-dir=. -Wl,--no-entry broken.c */
#ifdef MENDED
enum { CART = 9 };
#else
enum { CART = 0 };
#endif
static char answer[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Mended</title>";

__attribute__((export_name("parigot_alloc"))) char *parigot_alloc(int length) {
  static char room[1 << 16];
  return length <= (int)sizeof room ? room : 0;
}

static int price(int pieces) {
  return 4500 / pieces;
}

static int total_of_the_cart(int pieces) {
  return 490 + price(pieces);
}

__attribute__((export_name("http"))) long long http(char *request, int length) {
  int total = total_of_the_cart(CART);
  return total ? (long long)(int)answer << 32 | (sizeof answer - 1) : 0;
}
