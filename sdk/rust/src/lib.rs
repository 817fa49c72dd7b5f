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
mod bytes;
mod error;
mod exchange;
pub mod future;
mod host;
pub mod json;
pub mod kv;

pub use bytes::Bytes;
pub use error::{Error, Result};
pub use exchange::{Request, Response};
pub use host::{call, clock, config, http, log, queue, random};

/// What the macros expand to; not for use by hand.
#[doc(hidden)]
pub mod expansion {
    pub use crate::abi::{enter, result, start};
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

/// Declares the methods of another service that this one calls, as a module with a function each.
///
/// `service! { "parigot:service/stock" as stock { fn reserve; } }` gives
/// `stock::reserve(request) -> Result<Bytes>`, which waits. With `"parigot:async/stock"` and
/// `start reserve;` it gives `stock::reserve(request) -> Result<Future>`, which does not.
#[macro_export]
macro_rules! service {
    ($($module:literal as $service:ident { $(fn $method:ident;)+ })+) => {$(
        mod $service {$(
            pub fn $method(request: impl AsRef<[u8]>) -> $crate::Result<$crate::Bytes> {
                mod import {
                    #[link(wasm_import_module = $module)]
                    extern "C" {
                        pub fn $method(ptr: *const u8, len: usize) -> u64;
                    }
                }
                let request = request.as_ref();
                $crate::expansion::result(unsafe {
                    import::$method(request.as_ptr(), request.len())
                })
            }
        )+}
    )+};
    ($($module:literal as $service:ident { $(start $method:ident;)+ })+) => {$(
        mod $service {$(
            pub fn $method(
                request: impl AsRef<[u8]>,
            ) -> $crate::Result<$crate::future::Future> {
                mod import {
                    #[link(wasm_import_module = $module)]
                    extern "C" {
                        pub fn $method(ptr: *const u8, len: usize) -> i32;
                    }
                }
                let request = request.as_ref();
                $crate::expansion::start(unsafe {
                    import::$method(request.as_ptr(), request.len())
                })
            }
        )+}
    )+};
}
