//! For test modules: methods whose name begins with `test`, which pass if they return no error.
//! In any other module these imports are refused.
//!
//! ```ignore
//! method! {
//!     fn test_greeting(_request: ()) -> Result<()> {
//!         check_equal!(hello::greet("Ada")?, b"Hello, Ada!");
//!         check_error!(hello::greet(""), 400);
//!         Ok(())
//!     }
//! }
//! ```
//!
//! `?` fails the test with the callee's error. The checks `check!`, `check_equal!` and
//! `check_error!` return from the test with a 417 that says where and what.

use crate::{abi, clock, Error, Result};
use std::fmt::Debug;
use std::time::Duration;

mod import {
    #[link(wasm_import_module = "parigot:test")]
    extern "C" {
        pub fn advance_ns(nanoseconds: i64);
        pub fn quiesce();
        pub fn run_cron(name: *const u8, nlen: usize) -> u64;
    }
}

/// Moves the clock forward, with everything that is due meanwhile.
pub fn advance(duration: Duration) {
    unsafe { import::advance_ns(clock::nanoseconds(duration)) }
}

/// Runs until nothing is left to do: queues are empty, and detached calls have ended.
pub fn quiesce() {
    unsafe { import::quiesce() }
}

/// Makes the call of a schedule of the manifest now, and gives its response.
pub fn run_cron(name: &str) -> Result<Vec<u8>> {
    abi::result(unsafe { import::run_cron(name.as_ptr(), name.len()) })
}

/// Returns from the test unless the condition holds.
#[macro_export]
macro_rules! check {
    ($condition:expr) => {
        $crate::expansion::check(file!(), line!(), $condition, stringify!($condition))?
    };
}

/// Returns from the test unless both are the same, as bytes.
#[macro_export]
macro_rules! check_equal {
    ($actual:expr, $expected:expr $(,)?) => {
        $crate::expansion::check_equal(file!(), line!(), &$actual, &$expected)?
    };
}

/// Returns from the test unless the result is an error of that code.
#[macro_export]
macro_rules! check_error {
    ($result:expr, $code:expr $(,)?) => {
        $crate::expansion::check_error(file!(), line!(), $result, $code)?
    };
}

#[doc(hidden)]
pub fn check(file: &str, line: u32, holds: bool, condition: &str) -> Result<()> {
    expect(file, line, holds, || condition.to_string())
}

#[doc(hidden)]
pub fn check_equal(
    file: &str,
    line: u32,
    actual: &impl AsRef<[u8]>,
    expected: &impl AsRef<[u8]>,
) -> Result<()> {
    let (actual, expected) = (actual.as_ref(), expected.as_ref());
    expect(file, line, actual == expected, || {
        let [actual, expected] = [actual, expected].map(String::from_utf8_lossy);
        format!("{:?}, got {:?}", expected, actual)
    })
}

#[doc(hidden)]
pub fn check_error<T: Debug>(file: &str, line: u32, result: Result<T>, code: u32) -> Result<()> {
    let found = matches!(&result, Err(error) if error.code == code);
    expect(file, line, found, || match result {
        Ok(response) => format!("error {}, got the response {:?}", code, response),
        Err(error) => format!("error {}, got error {} {:?}", code, error.code, error.text),
    })
}

fn expect(file: &str, line: u32, holds: bool, what: impl FnOnce() -> String) -> Result<()> {
    if holds {
        return Ok(());
    }
    let file = file.rsplit('/').next().unwrap_or(file);
    let text = format!("{}:{}: expected {}", file, line, what());
    Err(Error::new(Error::EXPECTATION_FAILED, text))
}
