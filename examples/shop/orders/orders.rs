//! Turns a cart into an order.

use parigot::json::Value;
use parigot::{clock, config, kv, log, method, object, queue, random, service, Error, Result};

service! {
    "parigot:service/cart" as cart { fn take; fn give_back; }
    "parigot:service/pricing" as pricing { fn quote; }
    "parigot:service/stock" as stock { fn reserve; fn release; }
}

/// No vowels and nothing that looks like another: an order's number is read out on the telephone.
const LETTERS: &[u8; 16] = b"23456789CFHJKRTX";
const NUMBER_LENGTH: usize = 12;
const LISTED: i32 = 100;
/// Milliseconds count down from here in keys, so that the newest order comes first.
const END_OF_TIME: i64 = 999_999_999_999_999;

method! {
    /// `{"cart", "name", "email"}` → the order. All of it is sold, or nothing is and the cart is as it was.
    fn place(request: Value) -> Result<Value> {
        let customer = Customer::read(&request)?;
        let cart = object! { "cart": customer.cart };
        let lines = Value::parse(&cart::take(cart.to_string())?)?;
        sell(&customer, &lines).map_err(|error| {
            let back = object! { "cart": customer.cart, "lines": lines.get("lines") };
            undo("the cart", cart::give_back(back.to_string()));
            error
        })
    }

    /// `{"cart"}` → `{"orders": [order]}`, the newest first.
    fn list(request: Value) -> Result<Value> {
        let prefix = format!("order-of/{}/", cart_id(&request)?);
        let mut orders = Vec::new();
        for key in kv::list(&prefix, "", LISTED)? {
            let id = key.rsplit('/').next().unwrap_or_default();
            if let Some(order) = kv::get(&format!("order/{}", id))? {
                orders.push(Value::parse(&order)?);
            }
        }
        Ok(object! { "orders": orders })
    }

    /// `{"password"}` → `{"orders": 3, "total": 12070}`, for whoever knows the secret REPORT_PASSWORD.
    fn report(request: Value) -> Result<Value> {
        let given = request.get("password").as_str().unwrap_or_default();
        match config::get("REPORT_PASSWORD")? {
            Some(password) if same(given, &password) => sum(),
            Some(_) => Err(Error::new(403, "That is not the password.")),
            None => Err(Error::new(404, "There is no report: the secret REPORT_PASSWORD is not set.")),
        }
    }
}

/// Takes as long whatever is wrong.
fn same(given: &str, expected: &str) -> bool {
    let differing = given.bytes().zip(expected.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    given.len() == expected.len() && differing == 0
}

fn sum() -> Result<Value> {
    let (mut orders, mut total, mut after) = (0, 0, String::new());
    loop {
        let keys = kv::list("order/", &after, LISTED)?;
        for key in &keys {
            if let Some(order) = kv::get(key)? {
                orders += 1;
                total += Value::parse(&order)?.get("total").as_i64().unwrap_or(0);
            }
        }
        match keys.last() {
            Some(last) => after = last.to_string(),
            None => return Ok(object! { "orders": orders, "total": total }),
        }
    }
}

struct Customer<'a> {
    cart: &'a str,
    name: &'a str,
    email: &'a str,
}

impl<'a> Customer<'a> {
    fn read(request: &'a Value) -> Result<Self> {
        let name = request.get("name").as_str().map_or("", str::trim);
        let email = request.get("email").as_str().map_or("", str::trim);
        if name.is_empty() || name.len() > 100 {
            return Err(Error::bad_request("Please tell us your name."));
        }
        if email.len() > 200 || !matches!(email.split_once('@'), Some((a, b)) if !a.is_empty() && b.contains('.')) {
            return Err(Error::bad_request("Please give an e-mail address, such as ada@example.org."));
        }
        Ok(Customer { cart: cart_id(request)?, name, email })
    }
}

/// The id becomes part of a key: a slash in it would reach into another's.
fn cart_id(request: &Value) -> Result<&str> {
    let is_id = |id: &&str| {
        (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    request.get("cart").as_str().filter(is_id).ok_or_else(|| {
        Error::bad_request("cart: expected 8 to 64 letters, digits and hyphens")
    })
}

/// Prices, reserves and writes down; on failure nothing stays reserved.
fn sell(customer: &Customer<'_>, lines: &Value) -> Result<Value> {
    let quote = Value::parse(&pricing::quote(lines.to_string())?)?;
    let sold = object! { "lines": quote.get("lines") }.to_string();
    stock::reserve(&sold)?;
    let order = write_down(customer, &quote).map_err(|error| {
        undo("the stock", stock::release(&sold));
        error
    })?;
    // The order stands, whatever becomes of the letter, and nobody waits for it to be written.
    if let Err(error) = queue::send("letters", order.to_string()) {
        log::warn(&format!("no letter for {}: {}", order.get("id"), error));
    }
    Ok(order)
}

fn write_down(customer: &Customer<'_>, quote: &Value) -> Result<Value> {
    let id = number();
    let at = clock::now_ns() / 1_000_000;
    let order = object! {
        "id": id.as_str(),
        "at": at,
        "name": customer.name,
        "email": customer.email,
        "currency": quote.get("currency"),
        "lines": quote.get("lines"),
        "subtotal": quote.get("subtotal"),
        "shipping": quote.get("shipping"),
        "total": quote.get("total"),
    };
    kv::put(&format!("order-of/{}/{:015}/{}", customer.cart, END_OF_TIME - at, id), "")?;
    if !kv::compare_and_set(&format!("order/{}", id), None, order.to_string())? {
        return Err(Error::new(503, "Two orders drew one number. Please try again."));
    }
    log::info(&format!("order {} over {} {}", id, quote.get("total"), quote.get("currency")));
    Ok(order)
}

fn number() -> String {
    let mut bytes = [0; NUMBER_LENGTH];
    random::fill(&mut bytes);
    bytes.iter().map(|byte| LETTERS[(byte & 15) as usize] as char).collect()
}

fn undo<T>(what: &str, undone: Result<T>) {
    if let Err(error) = undone {
        log::error(&format!("could not put back {}: {}", what, error));
    }
}
