// Writes the customer's letter, and keeps it under mail/<order> for whoever sends letters.

import { Json, fail, kv, log, ok, requestText } from "../../../sdk/assemblyscript/assembly";
export { parigot_alloc, parigot_free } from "../../../sdk/assemblyscript/assembly";

/** An order → nothing. Told twice of the same order, it writes one letter. */
export function order_placed(ptr: usize, len: u32): u64 {
  const order = Json.parse(requestText(ptr, len));
  if (!order || !order.get("id").isString) return fail(400, "expected an order");
  const id = order.get("id").text;
  const kept = kv.compareAndSet("mail/" + id, null, letter(order));
  if (!kept.ok && kept.error != 409) return kept.respond();
  log.info("letter for order " + id + (kept.ok ? "" : " was there already"));
  return ok();
}

function letter(order: Json): string {
  const currency = " " + order.get("currency").text;
  let text = `To: ${order.get("email").text}\nSubject: Your order ${order.get("id").text}\n\n`;
  text += `Bonjour ${order.get("name").text},\n\nthank you. On its way to you:\n\n`;
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
