/* What the programs of the evil suite share: values are integers, and a key that is absent is 0. */
typedef unsigned char byte;
typedef unsigned long long u64;

#define IMPORT(module, name) __attribute__((import_module(module), import_name(name))) extern
IMPORT("parigot:kv", "get") u64 kv_get(const char *, int);
IMPORT("parigot:kv", "put") u64 kv_put(const char *, int, const void *, int);
IMPORT("parigot:kv", "delete") u64 kv_delete(const char *, int);
IMPORT("parigot:kv", "compare_and_set") u64 kv_cas(const char *, int, const void *, int, const void *, int);
IMPORT("parigot:future", "wait") u64 future_wait(int);
IMPORT("parigot:queue", "send") u64 queue_send(const char *, int, const void *, int);
IMPORT("parigot:test", "quiesce") void quiesce(void);

#define FAILED 0x80000000ull

static int length(const char *text) {
  int count = 0;
  while (text[count]) count++;
  return count;
}

static byte room[32768];
static int used;

__attribute__((export_name("parigot_alloc"))) void *parigot_alloc(int len) {
  used = (used + 7) & ~7;
  if (len > (int)sizeof room - used) return 0;
  void *at = room + used;
  used += len;
  return at;
}

static int number(u64 packed) {
  return packed & FAILED ? 0 : *(int *)(unsigned)(packed >> 32);
}

static int get(const char *key) { return number(kv_get(key, length(key))); }
static void put(const char *key, int value) { kv_put(key, length(key), &value, sizeof value); }
static void delete(const char *key) { kv_delete(key, length(key)); }

/* Whether the value was `old`, 0 for absent, and is now `value`. */
static int swap(const char *key, int old, int value) {
  return !(kv_cas(key, length(key), &old, old ? (int)sizeof old : -1, &value, sizeof value) & FAILED);
}

/* A key with a digit at its end, in its own memory. */
#define DIGIT(key, digit) ((key)[length(key) - 1] = (char)('0' + (digit)), (key))

/* A method that takes the integer `it` and gives one. */
#define METHOD(name)                                                                        \
  static int method_##name(int it);                                                         \
  __attribute__((export_name(#name))) u64 export_##name(const int *ptr, int len) {          \
    int *result = parigot_alloc(sizeof(int));                                               \
    *result = method_##name(len ? *ptr : 0);                                                \
    return (u64)(unsigned)result << 32 | sizeof(int);                                       \
  }                                                                                         \
  static int method_##name(__attribute__((unused)) int it)

/* Declares `service_method(it)`, which starts a call and gives its future. */
#define START(service, method)                                                              \
  IMPORT("parigot:async/" #service, #method) int start_##service##_##method(const int *, int); \
  static inline int service##_##method(int it) { return start_##service##_##method(&it, sizeof it); } \
  _Static_assert(1, "")

static int wait(int future) { return number(future_wait(future)); }
static void send(const char *queue, int it) { queue_send(queue, length(queue), &it, sizeof it); }

/* A test: 0 if what must hold does. */
#define TEST(name)                                                                          \
  static int test_##name(void);                                                             \
  __attribute__((export_name("test_" #name))) u64 export_test_##name(int ptr, int len) {    \
    (void)ptr, (void)len;                                                                   \
    static const char broken[] = "\xa1\x01\0\0what must hold does not";                     \
    return test_##name() ? 0 : (u64)(unsigned)broken << 32 | FAILED | (sizeof broken - 1);  \
  }                                                                                         \
  static int test_##name(void)

/* Four services that have nothing to do with the bug: they only make runs longer. */
#define NOISE_SERVICE                                                                       \
  METHOD(noise) {                                                                           \
    char key[] = "noise 0";                                                                 \
    for (int i = 0; i < 4; i++) put(DIGIT(key, it), get(DIGIT(key, it)) + 1);               \
    return 0;                                                                               \
  }
#define NOISE_CALLS START(noise1, noise); START(noise2, noise); START(noise3, noise); START(noise4, noise)
#define NOISE (noise1_noise(1), noise2_noise(2), noise3_noise(3), noise4_noise(4))
