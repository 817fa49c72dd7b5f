//! How many of each product are left.
//!
//! All levels live under one key, so that one compare-and-set takes every line of an order or none:
//! concurrent orders never sell a thing twice, and a crash never leaves half an order taken.

use parigot::json::Value;
use parigot::{channel, kv, log, method, Error, Result};

const KEY: &str = "stock/levels";

/// What the shop opens with.
const OPENING: [(&str, i64); 8] = [
    ("plaque", 8),
    ("beret", 12),
    ("caneles", 24),
    ("mariniere", 10),
    ("coffee", 40),
    ("ticket", 3),
    ("roofs", 15),
    ("tumblers", 9),
];

/// A failed compare-and-set means that another order got through, so few tries are ever needed.
const TRIES: usize = 100;

/// The app's own code for "not enough left".
const SOLD_OUT: u32 = 1001;

type Levels = Vec<(String, i64)>;

method! {
    /// `{"<sku>": 12}` for each product.
    fn levels(_request: ()) -> Result<Value> {
        Ok(to_json(read(kv::get(KEY)?.as_deref())?))
    }

    /// Takes every line of `{"lines": [{"sku", "quantity", "name"?}]}`, or fails and takes none.
    fn reserve(request: Value) -> Result<()> {
        let lines = lines(&request)?;
        change(|levels| {
            lines.iter().try_for_each(|line| {
                let left = level(levels, line.sku)?;
                if *left < line.quantity {
                    return Err(sold_out(line.name, *left));
                }
                *left -= line.quantity;
                Ok(())
            })
        })
    }

    /// Puts back what `reserve` took.
    fn release(request: Value) -> Result<()> {
        let lines = lines(&request)?;
        change(|levels| {
            lines.iter().try_for_each(|line| {
                *level(levels, line.sku)? += line.quantity;
                Ok(())
            })
        })
    }

    /// Fills the shelves to what the shop opened with; called every night.
    fn restock(_request: ()) -> Result<()> {
        change(|levels| {
            OPENING.iter().try_for_each(|(sku, opening)| {
                let left = level(levels, sku)?;
                *left = (*left).max(*opening);
                Ok(())
            })
        })?;
        log::info("the shelves are full");
        Ok(())
    }
}

struct Line<'a> {
    sku: &'a str,
    name: &'a str,
    quantity: i64,
}

fn lines(request: &Value) -> Result<Vec<Line<'_>>> {
    let lines = request.get("lines").as_array().ok_or_else(|| wrong("lines: expected an array"))?;
    lines.iter().map(line).collect()
}

fn line(line: &Value) -> Result<Line<'_>> {
    let sku = line.get("sku").as_str().ok_or_else(|| wrong("sku: expected a string"))?;
    let name = line.get("name").as_str().unwrap_or(sku);
    match line.get("quantity").as_i64() {
        Some(quantity @ 1..=1_000_000) => Ok(Line { sku, name, quantity }),
        _ => Err(wrong("quantity: expected an integer from 1 to 1000000")),
    }
}

fn wrong(text: &str) -> Error {
    Error::bad_request(text)
}

fn sold_out(name: &str, left: i64) -> Error {
    match left {
        0 => Error::new(SOLD_OUT, format!("{} is sold out.", name)),
        _ => Error::new(SOLD_OUT, format!("Only {} left of: {}.", left, name)),
    }
}

fn level<'a>(levels: &'a mut Levels, sku: &str) -> Result<&'a mut i64> {
    let found = levels.iter_mut().find(|(known, _)| known == sku);
    let (_, left) = found.ok_or_else(|| Error::new(404, format!("no such product: {}", sku)))?;
    Ok(left)
}

/// Applies a change to the levels as they are at that moment.
fn change(apply: impl Fn(&mut Levels) -> Result<()>) -> Result<()> {
    for _ in 0..TRIES {
        let old = kv::get(KEY)?;
        let before = read(old.as_deref())?;
        let mut levels = before.clone();
        apply(&mut levels)?;
        if kv::compare_and_set(KEY, old.as_deref(), to_json(levels.clone()).to_string())? {
            tell(before, levels);
            return Ok(());
        }
        log::debug("another order was faster, again");
    }
    Err(Error::new(503, "The shop is very busy. Please try again."))
}

/// Tells the pages that are open what is left of what has changed: `{"<sku>": 11}`.
fn tell(before: Levels, mut levels: Levels) {
    levels.retain(|level| !before.contains(level));
    if let Err(error) = channel::publish("stock", to_json(levels).to_string()) {
        log::warn(&format!("nobody was told what is left: {}", error));
    }
}

fn read(stored: Option<&[u8]>) -> Result<Levels> {
    let json = match stored {
        None => return Ok(OPENING.iter().map(|(sku, left)| (sku.to_string(), *left)).collect()),
        Some(stored) => Value::parse(stored)?,
    };
    match json {
        Value::Object(levels) => {
            Ok(levels.into_iter().filter_map(|(sku, left)| Some((sku, left.as_i64()?))).collect())
        }
        _ => Err(Error::new(500, "stock/levels holds no JSON object")),
    }
}

fn to_json(levels: Levels) -> Value {
    Value::Object(levels.into_iter().map(|(sku, left)| (sku, Value::from(left))).collect())
}
