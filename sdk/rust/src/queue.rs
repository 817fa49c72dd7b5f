//! The queues of the manifest.

use crate::{abi, Result};

#[allow(clashing_extern_declarations)] // of another import module
mod import {
    #[link(wasm_import_module = "parigot:queue")]
    extern "C" {
        pub fn send(queue: *const u8, qlen: usize, message: *const u8, mlen: usize) -> u64;
    }
}

/// Puts a message into a queue, which delivers it at least once.
pub fn send(queue: &str, message: impl AsRef<[u8]>) -> Result<()> {
    let message = message.as_ref();
    let sent =
        unsafe { import::send(queue.as_ptr(), queue.len(), message.as_ptr(), message.len()) };
    abi::result(sent).map(drop)
}
