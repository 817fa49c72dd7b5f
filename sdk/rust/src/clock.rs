//! Time. `std::time` has no clock on this target.

use std::time::Duration;

mod import {
    #[link(wasm_import_module = "parigot:clock")]
    extern "C" {
        pub fn now_ns() -> i64;
        pub fn monotonic_ns() -> i64;
        pub fn sleep_ns(nanoseconds: i64);
    }
}

/// Unix time in nanoseconds.
pub fn now_ns() -> i64 {
    unsafe { import::now_ns() }
}

/// A clock that never goes back, for durations, in nanoseconds.
pub fn monotonic_ns() -> i64 {
    unsafe { import::monotonic_ns() }
}

/// Waits. A duration beyond the call's deadline ends the call there.
pub fn sleep(duration: Duration) {
    unsafe { import::sleep_ns(nanoseconds(duration)) }
}

pub(crate) fn nanoseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX)
}
