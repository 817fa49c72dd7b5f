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

/// The id of who is signed in; a 404 if nobody is.
pub fn call_user() -> Result<String> {
    call_info("user")
}

/// What is known of him: a JSON object with `id`, `email`, `email_verified`, `name`, `provider`.
pub fn call_claims() -> Result<String> {
    call_info("claims")
}
