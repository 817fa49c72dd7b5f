/* A reader fills the cache with what it read before the writer wrote and emptied the cache. */
#include "../evil.h"
#ifndef TESTS
METHOD(read) {
#ifdef FIXED
  int version = get("version");
#endif
  if (get("cache")) return 0;
  put("cache", get("value"));
#ifdef FIXED
  if (get("version") != version) delete("cache");
#endif
  return 0;
}
METHOD(write) {
  put("value", it);
#ifdef FIXED
  put("version", get("version") + 1);
#endif
  for (int i = 0; i < 14; i++) put("audit", i);
  delete("cache");
  return 0;
}
NOISE_SERVICE
#else
START(reader, read);
START(writer, write);
NOISE_CALLS;
TEST(the_cache_is_not_stale) {
  put("value", 1);
  NOISE;
  writer_write(2);
  reader_read(0);
  quiesce();
  int cached = get("cache");
  return !cached || cached == 2;
}
#endif
