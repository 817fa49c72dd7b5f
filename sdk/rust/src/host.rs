/// The app's configuration.
pub mod config {
    use crate::{abi, Error, Result};

    mod import {
        #[link(wasm_import_module = "parigot:config")]
        extern "C" {
            pub fn get(key: *const u8, klen: usize) -> u64;
        }
    }

    /// A configuration value as text, if there is one.
    pub fn get(key: &str) -> Result<Option<String>> {
        match abi::result(unsafe { import::get(key.as_ptr(), key.len()) }) {
            Err(Error { code: Error::NOT_FOUND, .. }) => Ok(None),
            Err(other) => Err(other),
            Ok(value) => Ok(Some(String::from_utf8_lossy(&value).into_owned())),
        }
    }
}

/// The app's log.
pub mod log {
    mod import {
        #[link(wasm_import_module = "parigot:log")]
        extern "C" {
            pub fn write(level: i32, ptr: *const u8, len: usize);
        }
    }

    fn write(level: i32, line: &str) {
        unsafe { import::write(level, line.as_ptr(), line.len()) }
    }

    pub fn trace(line: &str) {
        write(0, line);
    }

    pub fn debug(line: &str) {
        write(1, line);
    }

    pub fn info(line: &str) {
        write(2, line);
    }

    pub fn warn(line: &str) {
        write(3, line);
    }

    pub fn error(line: &str) {
        write(4, line);
    }
}

/// Time.
pub mod clock {
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

    /// Nanoseconds on a clock that never goes back.
    pub fn monotonic_ns() -> i64 {
        unsafe { import::monotonic_ns() }
    }

    pub fn sleep(time: Duration) {
        unsafe { import::sleep_ns(time.as_nanos().min(i64::MAX as u128) as i64) }
    }
}

/// Randomness, good enough for secrets.
pub mod random {
    mod import {
        #[link(wasm_import_module = "parigot:random")]
        extern "C" {
            pub fn fill(ptr: *mut u8, len: usize);
        }
    }

    pub fn fill(bytes: &mut [u8]) {
        unsafe { import::fill(bytes.as_mut_ptr(), bytes.len()) }
    }

    pub fn u64() -> u64 {
        let mut bytes = [0; 8];
        fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }
}

/// The call that is being answered.
pub mod call {
    use crate::{abi, Bytes, Result};

    mod import {
        #[link(wasm_import_module = "parigot:call")]
        extern "C" {
            pub fn get(key: *const u8, klen: usize) -> u64;
        }
    }

    /// `id`, `caller`, `deadline_ns`, `attempt` or `traceparent` of this call, as text.
    pub fn get(key: &str) -> Result<Bytes> {
        abi::result(unsafe { import::get(key.as_ptr(), key.len()) })
    }
}

/// Queues of the manifest.
pub mod queue {
    use crate::{abi, Result};

    mod import {
        #[link(wasm_import_module = "parigot:queue")]
        extern "C" {
            pub fn send(queue: *const u8, qlen: usize, message: *const u8, mlen: usize) -> u64;
        }
    }

    /// Puts a message into a queue, which delivers it at least once.
    pub fn send(queue: &str, message: impl AsRef<[u8]>) -> Result<()> {
        let message = message.as_ref();
        let sent = unsafe {
            import::send(queue.as_ptr(), queue.len(), message.as_ptr(), message.len())
        };
        abi::result(sent).map(drop)
    }
}

/// Requests to other hosts.
pub mod http {
    use crate::{abi, Bytes, Result};

    mod import {
        #[link(wasm_import_module = "parigot:http")]
        extern "C" {
            pub fn send(ptr: *const u8, len: usize) -> u64;
        }
    }

    /// Sends a raw HTTP/1.1 request with an absolute URL, to a host that the manifest allows.
    pub fn send(request: impl AsRef<[u8]>) -> Result<Bytes> {
        let request = request.as_ref();
        abi::result(unsafe { import::send(request.as_ptr(), request.len()) })
    }
}
