// Virtual functions, templates, and an object that is made before anything is called.
#include <stdint.h>

namespace {

class Shape {
 public:
  virtual uint32_t area() const = 0;
  virtual ~Shape() = default;
};

class Square : public Shape {
 public:
  explicit Square(uint32_t side) : side_(side) {}
  uint32_t area() const override { return side_ * side_; }

 private:
  uint32_t side_;
};

class Box : public Shape {
 public:
  Box(uint32_t width, uint32_t height) : width_(width), height_(height) {}
  uint32_t area() const override { return width_ * height_; }

 private:
  uint32_t width_, height_;
};

template <typename T, unsigned N>
class Ring {
 public:
  void push(T value) { items_[count_++ % N] = value; }
  T sum() const {
    T total = 0;
    for (T each : items_) total += each;
    return total;
  }

 private:
  T items_[N] = {};
  unsigned count_ = 0;
};

struct Begun {
  Begun() { ring.push(42); }
  Ring<uint64_t, 8> ring;
};

Begun begun;
alignas(16) uint8_t room[1 << 16];
uint32_t used;

}  // namespace

// Nothing is ever freed.
void operator delete(void *, unsigned long) noexcept {}
extern "C" void __cxa_pure_virtual() { __builtin_trap(); }
extern "C" int __cxa_atexit(void (*)(void *), void *, void *) { return 0; }

extern "C" __attribute__((export_name("parigot_alloc"))) void *parigot_alloc(uint32_t length) {
  uint32_t at = used;
  if (length > sizeof room - at) return nullptr;
  used = (at + length + 15) & ~15u;
  return room + at;
}

extern "C" __attribute__((export_name("run"))) uint64_t run(const uint8_t *request, uint32_t length) {
  Square square(length);
  Box box(length, 3);
  const Shape *shapes[] = {&square, &box};
  for (uint32_t i = 0; i < length; i++) begun.ring.push(shapes[request[i] % 2]->area() + request[i]);
  auto *answer = static_cast<uint64_t *>(parigot_alloc(8));
  *answer = begun.ring.sum();
  return static_cast<uint64_t>(reinterpret_cast<uintptr_t>(answer)) << 32 | 8;
}
