//! Knows how to say hello.

use parigot::{json::Value, method, object, random, Result};

const PHRASES: [(&str, &str); 8] = [
    ("Bonjour", "French"),
    ("Buongiorno", "Italian"),
    ("Hej", "Swedish"),
    ("Hello", "English"),
    ("Hola", "Spanish"),
    ("Merhaba", "Turkish"),
    ("Olá", "Portuguese"),
    ("Servus", "Bavarian"),
];

method! {
    /// `{"hello": "Bonjour", "language": "French"}`, or another.
    fn pick(_request: ()) -> Result<Value> {
        let (hello, language) = PHRASES[(random::u64() % PHRASES.len() as u64) as usize];
        Ok(object! { "hello": hello, "language": language })
    }
}
