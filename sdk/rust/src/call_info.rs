use crate::{abi, Result};

mod import {
    #[link(wasm_import_module = "parigot:call")]
    extern "C" {
        pub fn get(key: *const u8, klen: usize) -> u64;
    }
}

/// `id`, `caller`, `deadline_ns`, `attempt` or `traceparent` of the call that is being answered.
pub fn call_info(key: &str) -> Result<String> {
    let value = abi::result(unsafe { import::get(key.as_ptr(), key.len()) })?;
    Ok(String::from_utf8_lossy(&value).into_owned())
}
