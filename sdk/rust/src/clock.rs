//! Time, in nanoseconds. `std::time` has no clock on this target.

mod import {
    #[link(wasm_import_module = "parigot:clock")]
    extern "C" {
        pub fn now_ns() -> i64;
        pub fn monotonic_ns() -> i64;
        pub fn sleep_ns(nanoseconds: i64);
    }
}

/// Unix time.
pub fn now_ns() -> i64 {
    unsafe { import::now_ns() }
}

/// A clock that never goes back, for durations.
pub fn monotonic_ns() -> i64 {
    unsafe { import::monotonic_ns() }
}

/// Waits; returns at once if negative.
pub fn sleep_ns(nanoseconds: i64) {
    unsafe { import::sleep_ns(nanoseconds) }
}
