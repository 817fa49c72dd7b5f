/* An account and its gallery: an image is stored after the account was deleted with all images. */
#include "../evil.h"
#ifndef TESTS
METHOD(add) {
#ifdef FIXED
  put("image 7", 1);
  if (!get("account")) delete("image 7");
#else
  if (get("account")) put("image 7", 1);
#endif
  return 0;
}
METHOD(erase) {
  char key[] = "image 0";
  delete("account");
  for (int i = 0; i < 16; i++) delete(DIGIT(key, i % 8));
  return 0;
}
NOISE_SERVICE
#else
START(gallery, add);
START(account, erase);
NOISE_CALLS;
TEST(no_image_outlives_its_account) {
  put("account", 1);
  NOISE;
  gallery_add(0);
  account_erase(0);
  quiesce();
  return !get("image 7");
}
#endif
