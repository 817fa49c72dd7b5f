//! Calls under way.

use crate::{abi, Result};

mod import {
    #[link(wasm_import_module = "parigot:future")]
    extern "C" {
        pub fn wait(handle: i32) -> u64;
        pub fn ready(handle: i32) -> i32;
        #[link_name = "drop"]
        pub fn detach(handle: i32);
    }
}

/// A call under way. It belongs to the call that started it. Dropped, it goes on unwatched.
pub struct Future {
    handle: i32,
}

impl Future {
    pub(crate) fn new(handle: i32) -> Self {
        Future { handle }
    }

    /// What the call would have given had it been waited for from the start.
    pub fn wait(self) -> Result<Vec<u8>> {
        let handle = self.handle;
        std::mem::forget(self);
        abi::result(unsafe { import::wait(handle) })
    }

    /// Whether `wait` would return at once.
    pub fn ready(&self) -> bool {
        unsafe { import::ready(self.handle) != 0 }
    }
}

impl Drop for Future {
    fn drop(&mut self) {
        unsafe { import::detach(self.handle) }
    }
}
