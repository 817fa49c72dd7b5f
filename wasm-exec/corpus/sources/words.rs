//! Counts words with the standard library's maps, strings and formatting.
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

static CALLS: AtomicU32 = AtomicU32::new(0);

trait Rule {
    fn weight(&self, word: &str) -> f64;
}
struct Long(usize);
struct Vowels;

impl Rule for Long {
    fn weight(&self, word: &str) -> f64 {
        (word.len() as f64 / self.0 as f64).sqrt()
    }
}
impl Rule for Vowels {
    fn weight(&self, word: &str) -> f64 {
        word.chars().filter(|each| "aeiou".contains(*each)).count() as f64
    }
}

#[no_mangle]
pub extern "C" fn parigot_alloc(length: u32) -> *mut u8 {
    let mut room = vec![0u64; (length as usize + 7) / 8].into_boxed_slice();
    let at = room.as_mut_ptr();
    std::mem::forget(room);
    at as *mut u8
}

/// # Safety
/// The caller gives a range of this memory.
#[no_mangle]
pub unsafe extern "C" fn run(at: *const u8, length: u32) -> u64 {
    let request = if length == 0 { &[][..] } else { std::slice::from_raw_parts(at, length as usize) };
    let text = String::from_utf8_lossy(request);
    let rules: [Box<dyn Rule>; 2] = [Box::new(Long(3)), Box::new(Vowels)];
    let mut counts = BTreeMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word.to_lowercase()).or_insert(0u32) += 1;
    }
    let mut answer = format!("call {}", CALLS.fetch_add(1, Ordering::Relaxed));
    for (word, count) in &counts {
        let weight: f64 = rules.iter().map(|rule| rule.weight(word)).sum();
        answer.push_str(&format!(", {} {} {:.2}", word, count, weight));
    }
    let bytes = answer.into_bytes().leak();
    (bytes.as_ptr() as u64) << 32 | bytes.len() as u64
}
