//! Calls under way.

use crate::{abi, Bytes, Result};

mod import {
    #[link(wasm_import_module = "parigot:future")]
    extern "C" {
        pub fn wait(handle: i32) -> u64;
        pub fn ready(handle: i32) -> i32;
        #[link_name = "drop"]
        pub fn detach(handle: i32);
    }
}

/// A call under way. It belongs to the call that made it; dropped, it goes on unwatched.
pub struct Future {
    handle: i32,
}

impl Future {
    pub(crate) fn new(handle: i32) -> Self {
        Future { handle }
    }

    /// What the call would have given had it been waited for from the start.
    pub fn wait(self) -> Result<Bytes> {
        let handle = self.handle;
        std::mem::forget(self);
        abi::result(unsafe { import::wait(handle) })
    }

    pub fn is_ready(&self) -> bool {
        unsafe { import::ready(self.handle) == 1 }
    }
}

impl Drop for Future {
    fn drop(&mut self) {
        unsafe { import::detach(self.handle) }
    }
}
