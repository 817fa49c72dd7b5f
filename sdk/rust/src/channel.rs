//! The channels of the manifest.

use crate::{abi, Result};

#[allow(clashing_extern_declarations)] // of another import module
mod import {
    #[link(wasm_import_module = "parigot:channel")]
    extern "C" {
        pub fn publish(channel: *const u8, clen: usize, message: *const u8, mlen: usize) -> u64;
    }
}

/// Sends a message of 64 KiB at most to whoever listens to the channel now: once or, if a
/// connection breaks, never. That nobody listens is no error.
pub fn publish(channel: &str, message: impl AsRef<[u8]>) -> Result<()> {
    let message = message.as_ref();
    let published = unsafe {
        import::publish(channel.as_ptr(), channel.len(), message.as_ptr(), message.len())
    };
    abi::result(published).map(drop)
}
