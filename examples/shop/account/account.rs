//! What a customer who is signed in has bought, in whichever browser.

use parigot::json::Value;
use parigot::{call_claims, call_user, kv, method, object, Error, Result};

const LISTED: i32 = 100;

method! {
    /// `{"cart"}` → `{"name", "email", "orders": [order]}`, the newest first. What was bought with that cart is the
    /// customer's from now on, unless it is another's already.
    fn orders(request: Value) -> Result<Value> {
        let user = call_user()?;
        if let Some(cart) = cart_id(&request)? {
            adopt(cart, &user)?;
        }
        let claims = Value::parse(call_claims()?.as_bytes())?;
        Ok(object! { "name": claims.get("name"), "email": claims.get("email"), "orders": bought(&user)? })
    }
}

/// Keys end in when and which; whoever comes first owns an order, for ever.
fn adopt(cart: &str, user: &str) -> Result<()> {
    let prefix = format!("order-of/{}/", cart);
    for key in kv::list(&prefix, "", LISTED)? {
        let when_and_which = &key[prefix.len()..];
        let id = when_and_which.rsplit('/').next().unwrap_or_default();
        if kv::compare_and_set(&format!("order-owner/{}", id), None, user)? {
            kv::put(&format!("order-of-user/{}/{}", user, when_and_which), "")?;
        }
    }
    Ok(())
}

fn bought(user: &str) -> Result<Vec<Value>> {
    let mut orders = Vec::new();
    for key in kv::list(&format!("order-of-user/{}/", user), "", LISTED)? {
        let id = key.rsplit('/').next().unwrap_or_default();
        if let Some(order) = kv::get(&format!("order/{}", id))? {
            orders.push(Value::parse(&order)?);
        }
    }
    Ok(orders)
}

/// The id becomes part of a key: a slash in it would reach into another's.
fn cart_id(request: &Value) -> Result<Option<&str>> {
    let is_id = |id: &str| (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    match request.get("cart").as_str() {
        Some(id) if !is_id(id) => Err(Error::bad_request("cart: expected 8 to 64 letters, digits and hyphens")),
        cart => Ok(cart),
    }
}
