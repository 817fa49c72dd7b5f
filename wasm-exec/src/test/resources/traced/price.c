/* A plain module that traps. Compiled for N = 4 and 5 by: clang-19 --target=wasm32 -nostdlib -g -gdwarf-N -O0
   -fdebug-compilation-dir=. -Wl,--no-entry price.c -o price-N.wasm */
static int price(int sku) {
  int cents = 4500;
  return cents / sku;
}

__attribute__((export_name("total"))) int total(int count) {
  int sum = 490;
  sum += price(count);
  return sum;
}
