// Writes the customer's letter and keeps it under mail/<order>. With the secret MAIL_KEY it is also sent, by the
// service at MAIL_URL.

import { Json, config, fail, http, kv, log, ok, requestText } from "../../../sdk/assemblyscript/assembly";
export { parigot_alloc, parigot_free } from "../../../sdk/assemblyscript/assembly";

/** An order → nothing. Told twice of the same order, it writes one letter, and sends it as the same one. */
export function order_placed(ptr: usize, len: u32): u64 {
  const order = Json.parse(requestText(ptr, len));
  if (!order || !order.get("id").isString) return fail(400, "expected an order");
  const id = order.get("id").text;
  const text = letter(order);
  const kept = kv.compareAndSet("mail/" + id, null, `To: ${order.get("email").text}\n\n` + text);
  if (!kept.ok && kept.error != 409) return kept.respond();
  log.info("letter for order " + id + (kept.ok ? "" : " was there already"));
  const key = config.get("MAIL_KEY");
  return key.length ? send(key, order, text) : ok();
}

/** An error has the message come again: the queue's attempts are what is tried. */
function send(key: string, order: Json, text: string): u64 {
  const id = order.get("id").text;
  const letter = Json.object()
    .set("from", Json.string(config.get("MAIL_FROM")))
    .set("to", Json.string(order.get("email").text))
    .set("subject", Json.string("Your order " + id))
    .set("text", Json.string(text));
  const sent = new http.Request("POST", config.get("MAIL_URL"))
    .header("Authorization", "Bearer " + key)
    .header("Content-Type", "application/json")
    .header("Idempotency-Key", id)
    .withBody(letter.toString())
    .send();
  if (!sent.ok) return sent.respond();
  const answer = http.Response.parse(sent.bytes);
  if (!answer || answer.status / 100 != 2) {
    return fail(502, `the letter for order ${id} was refused: ` + (answer ? answer.status.toString() : "no HTTP"));
  }
  log.info("letter for order " + id + " was sent");
  return ok();
}

function letter(order: Json): string {
  const currency = " " + order.get("currency").text;
  let text = `Bonjour ${order.get("name").text},\n\nthank you. On its way to you:\n\n`;
  const lines = order.get("lines").elements;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    text += `  ${line.get("quantity").integer} x ${line.get("name").text}, `;
    text += amount(line.get("total").integer) + currency + "\n";
  }
  return text + `\nWith shipping: ${amount(order.get("total").integer)}${currency}\n`;
}

function amount(hundredths: i64): string {
  return `${hundredths / 100}.${(hundredths % 100).toString().padStart(2, "0")}`;
}
