//! Randomness, good enough for secrets.

mod import {
    #[link(wasm_import_module = "parigot:random")]
    extern "C" {
        pub fn fill(ptr: *mut u8, len: usize);
    }
}

/// Fills a buffer.
pub fn fill(bytes: &mut [u8]) {
    unsafe { import::fill(bytes.as_mut_ptr(), bytes.len()) }
}

/// A random number.
pub fn u64() -> u64 {
    let mut bytes = [0; 8];
    fill(&mut bytes);
    u64::from_le_bytes(bytes)
}
