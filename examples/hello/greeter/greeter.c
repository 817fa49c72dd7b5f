/* Greets whoever asks, in a language that the service `phrases` picks. */
#define PARIGOT_IMPLEMENTATION
#include "parigot.h"
#include "parigot_json.h"

enum { LONGEST_NAME = 80 };

PARIGOT_CALL(phrases, pick);

/* {"name": "Ada"} → {"greeting": "Bonjour, Ada!", "language": "French"} */
PARIGOT_METHOD(greet) {
  parigot_bytes name;
  if (!parigot_json_string(parigot_json_member(request, "name"), &name) || name.len == 0)
    return parigot_fail(400, "name: expected some text, as in {\"name\": \"Ada\"}");
  if (name.len > LONGEST_NAME) return parigot_fail(400, "name: expected at most 80 bytes");

  parigot_result phrase = phrases_pick((parigot_bytes){0});
  if (phrase.error) return phrase;

  parigot_bytes hello = {0}, language = {0};
  parigot_json_string(parigot_json_member(phrase.bytes, "hello"), &hello);
  parigot_json_string(parigot_json_member(phrase.bytes, "language"), &language);

  parigot_writer greeting = {0};
  parigot_write(&greeting, hello);
  parigot_write_text(&greeting, ", ");
  parigot_write(&greeting, name);
  parigot_write_text(&greeting, "!");
  parigot_log(PARIGOT_INFO, parigot_written(&greeting).bytes);

  parigot_writer response = {0};
  parigot_write_text(&response, "{\"greeting\":");
  parigot_write_string(&response, parigot_written(&greeting).bytes);
  parigot_write_text(&response, ",\"language\":");
  parigot_write_string(&response, language);
  parigot_write_text(&response, "}");
  return parigot_written(&response);
}
