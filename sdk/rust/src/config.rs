//! The app's configuration.

use crate::{abi, Result};

mod import {
    #[link(wasm_import_module = "parigot:config")]
    extern "C" {
        pub fn get(key: *const u8, klen: usize) -> u64;
    }
}

/// A configuration value as text, if there is one.
pub fn get(key: &str) -> Result<Option<String>> {
    let value = abi::found(unsafe { import::get(key.as_ptr(), key.len()) })?;
    Ok(value.map(|value| String::from_utf8_lossy(&value).into_owned()))
}
