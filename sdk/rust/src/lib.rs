//! Write a Parigot service in Rust: methods, calls to other services, and what the platform gives.
//!
//! ```ignore
//! use parigot::{json::Value, kv, method, service, Result};
//!
//! service! { "parigot:service/stock" as stock { fn reserve; } }
//!
//! method! {
//!     /// Places an order.
//!     fn place(request: Value) -> Result<Value> {
//!         stock::reserve(request.to_string())?;
//!         kv::put("orders/1", request.to_string())?;
//!         Ok(Value::from("thank you"))
//!     }
//! }
//! ```

mod abi;
mod call_info;
pub mod channel;
pub mod clock;
pub mod config;
mod error;
mod exchange;
pub mod future;
pub mod http;
pub mod json;
pub mod kv;
pub mod log;
pub mod queue;
pub mod random;
pub mod test;

pub use call_info::{call_claims, call_info, call_user};
pub use error::{Error, Result};
pub use exchange::{Request, Response};

/// What the macros expand to; not for use by hand.
#[doc(hidden)]
pub mod expansion {
    pub use crate::abi::{enter, result, start};
    pub use crate::test::{check, check_equal, check_error};
}

/// Defines exported methods: `fn name(request: T) -> Result<R>`, where `T` is a [`Request`] and `R`
/// a [`Response`].
///
/// The function itself stays an ordinary one, which tests and other functions can call.
#[macro_export]
macro_rules! method {
    ($($(#[$meta:meta])* fn $name:ident($request:ident: $from:ty) -> $to:ty $body:block)+) => {$(
        $(#[$meta])*
        pub fn $name($request: $from) -> $to $body

        const _: () = {
            #[export_name = stringify!($name)]
            extern "C" fn export(ptr: *const u8, len: usize) -> u64 {
                $crate::expansion::enter(ptr, len, |request| {
                    self::$name($crate::Request::read(request)?)
                })
            }
        };
    )+};
}

/// Declares the methods of other services that this one calls, as a module with a function each.
///
/// `"parigot:service/stock" as stock { fn reserve; }` gives `stock::reserve(request)`, which waits:
/// a `Result<Vec<u8>>`. `"parigot:async/mailer" as mailer { start order_placed; }` gives
/// `mailer::order_placed(request)`, which does not: a `Result<Future>`, 429 if it was refused.
#[macro_export]
macro_rules! service {
    ($($module:literal as $service:ident { $($kind:tt $method:ident;)+ })+) => {$(
        mod $service {$(
            $crate::service!(@ $kind $module $method);
        )+}
    )+};
    (@ fn $module:literal $method:ident) => {
        pub fn $method(request: impl AsRef<[u8]>) -> $crate::Result<Vec<u8>> {
            #[allow(clashing_extern_declarations)] // of another import module
            mod import {
                #[link(wasm_import_module = $module)]
                extern "C" {
                    pub fn $method(ptr: *const u8, len: usize) -> u64;
                }
            }
            let request = request.as_ref();
            $crate::expansion::result(unsafe { import::$method(request.as_ptr(), request.len()) })
        }
    };
    (@ start $module:literal $method:ident) => {
        pub fn $method(request: impl AsRef<[u8]>) -> $crate::Result<$crate::future::Future> {
            #[allow(clashing_extern_declarations)] // of another import module
            mod import {
                #[link(wasm_import_module = $module)]
                extern "C" {
                    pub fn $method(ptr: *const u8, len: usize) -> i32;
                }
            }
            let request = request.as_ref();
            $crate::expansion::start(unsafe { import::$method(request.as_ptr(), request.len()) })
        }
    };
}
