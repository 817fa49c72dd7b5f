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
        pub fn published(channel: *const u8, clen: usize) -> u64;
        pub fn sign_in(claims: *const u8, clen: usize) -> u64;
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

/// What a channel got since the test began, the oldest first.
pub fn published(channel: &str) -> Result<Vec<Vec<u8>>> {
    let listed = abi::result(unsafe { import::published(channel.as_ptr(), channel.len()) })?;
    Ok(abi::list(&listed).map(<[u8]>::to_vec).collect())
}

/// Makes the test act as a user from now on: a JSON object with an `id`; empty for nobody.
pub fn sign_in(claims: &str) -> Result<()> {
    abi::result(unsafe { import::sign_in(claims.as_ptr(), claims.len()) }).map(|_| ())
}

/// Returns from the test unless the condition holds.
#[macro_export]
macro_rules! check {
    ($condition:expr) => {
        $crate::expansion::check(file!(), line!(), $condition, stringify!($condition))?
    };
}

/// Returns from the test unless both are the same [`Shown`]: text, bytes, whole numbers or bool.
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
pub fn check_equal(file: &str, line: u32, actual: impl Shown, expected: impl Shown) -> Result<()> {
    let same = actual.bytes() == expected.bytes();
    expect(file, line, same, || format!("{}, got {}", expected.shown(), actual.shown()))
}

#[doc(hidden)]
pub fn check_error<T: Debug>(file: &str, line: u32, result: Result<T>, code: u32) -> Result<()> {
    let found = matches!(&result, Err(error) if error.code == code);
    expect(file, line, found, || match result {
        Ok(response) => format!("error {}, got the response {:?}", code, response),
        Err(error) => format!("error {}, got error {} {:?}", code, error.code, error.text),
    })
}

/// What `check_equal!` compares. Text and bytes are the same thing, so that a response can be
/// compared with what it should say; a number is never the same as text.
pub trait Shown {
    #[doc(hidden)]
    fn bytes(&self) -> (bool, Vec<u8>);

    #[doc(hidden)]
    fn shown(&self) -> String {
        let (quoted, bytes) = self.bytes();
        let text = String::from_utf8_lossy(&bytes);
        if quoted { format!("{:?}", text) } else { text.into_owned() }
    }
}

impl<T: Shown + ?Sized> Shown for &T {
    fn bytes(&self) -> (bool, Vec<u8>) {
        (**self).bytes()
    }
}

macro_rules! shown_as_text {
    ($($type:ty)+) => {$(
        impl Shown for $type {
            fn bytes(&self) -> (bool, Vec<u8>) {
                (true, AsRef::<[u8]>::as_ref(self).to_vec())
            }
        }
    )+};
}

macro_rules! shown_as_written {
    ($($type:ty)+) => {$(
        impl Shown for $type {
            fn bytes(&self) -> (bool, Vec<u8>) {
                (false, self.to_string().into_bytes())
            }
        }
    )+};
}

shown_as_text! { str String [u8] Vec<u8> }
shown_as_written! { i8 u8 i16 u16 i32 u32 i64 u64 isize usize bool }

impl<const N: usize> Shown for [u8; N] {
    fn bytes(&self) -> (bool, Vec<u8>) {
        self[..].bytes()
    }
}

fn expect(file: &str, line: u32, holds: bool, what: impl FnOnce() -> String) -> Result<()> {
    if holds {
        return Ok(());
    }
    let file = file.rsplit('/').next().unwrap_or(file);
    let text = format!("{}:{}: expected {}", file, line, what());
    Err(Error::new(Error::EXPECTATION_FAILED, text))
}
