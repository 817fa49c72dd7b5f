//! The boundary: what crosses it is `ptr << 32 | error << 31 | len`.

use crate::future::Future;
use crate::{Error, Response, Result};
use std::alloc::{alloc, Layout};
use std::cell::Cell;
use std::sync::Once;

/// Room for a request or for the result of an import; 0 if memory is full.
///
/// It becomes a `Vec<u8>`, whose layout has no alignment; the allocator of this target aligns to 8.
#[no_mangle]
pub extern "C" fn parigot_alloc(len: usize) -> *mut u8 {
    match Layout::array::<u8>(len) {
        Ok(layout) if len > 0 => unsafe { alloc(layout) },
        _ => std::ptr::null_mut(),
    }
}

/// Gives back what `parigot_alloc` gave.
///
/// # Safety
/// As by the ABI: `ptr` came from `parigot_alloc(len)`, and is given back once.
#[no_mangle]
pub unsafe extern "C" fn parigot_free(ptr: *mut u8, len: usize) {
    drop(adopt(ptr, len));
}

/// # Safety
/// `ptr` and `len` are those of a [`parigot_alloc`] that nothing else owns, or `len` is 0.
unsafe fn adopt(ptr: *mut u8, len: usize) -> Vec<u8> {
    match len {
        0 => Vec::new(),
        _ => Vec::from_raw_parts(ptr, len, len),
    }
}

thread_local! {
    /// The last response: valid until the next call enters.
    static RESPONSE: Cell<Vec<u8>> = Cell::new(Vec::new());
}

/// Runs a method on the request at `ptr` and packs what it returned.
pub fn enter<R: Response>(
    ptr: *const u8,
    len: usize,
    method: impl FnOnce(&[u8]) -> Result<R>,
) -> u64 {
    log_panics();
    let request = if len == 0 { &[] } else { unsafe { std::slice::from_raw_parts(ptr, len) } };
    let (response, error) = match method(request) {
        Ok(response) => (response.write(), 0),
        Err(error) => (packed_error(&error), 1),
    };
    let ptr = if response.is_empty() { 0 } else { response.as_ptr() as u64 };
    let packed = ptr << 32 | error << 31 | response.len() as u64;
    RESPONSE.with(|last| last.set(response));
    packed
}

/// A panic traps, and a trap says nothing of the message: it goes to the log first.
fn log_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(|panic| crate::log::error(&panic.to_string()))));
}

fn packed_error(error: &Error) -> Vec<u8> {
    [&error.code.to_le_bytes()[..], error.text.as_bytes()].concat()
}

/// Reads what an import gave, whose memory is now ours.
pub fn result(packed: u64) -> Result<Vec<u8>> {
    let ptr = (packed >> 32) as usize as *mut u8;
    let bytes = unsafe { adopt(ptr, (packed & 0x7FFF_FFFF) as usize) };
    if packed >> 31 & 1 == 0 {
        return Ok(bytes);
    }
    match bytes.get(..4).and_then(|code| code.try_into().ok()) {
        None => Err(Error::new(Error::NO_MEMORY, "no memory for the result")),
        Some(code) => Err(Error::new(
            u32::from_le_bytes(code),
            String::from_utf8_lossy(&bytes[4..]),
        )),
    }
}

/// Reads what an import gave that answers 404 for what is absent.
pub fn found(packed: u64) -> Result<Option<Vec<u8>>> {
    match result(packed) {
        Err(Error { code: Error::NOT_FOUND, .. }) => Ok(None),
        other => other.map(Some),
    }
}

/// Reads what the start of a call gave.
pub fn start(handle: i32) -> Result<Future> {
    match handle {
        0 => Err(Error::new(Error::TOO_MANY_REQUESTS, "the call was refused")),
        _ => Ok(Future::new(handle)),
    }
}

/// The items of a list, each of which comes after its u32 length.
pub(crate) fn list(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (len, tail) = split_length(rest)?;
        rest = &tail[len..];
        Some(&tail[..len])
    })
}

/// A u32 length and what follows it, if that is as long.
fn split_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let len = u32::from_le_bytes(bytes.get(..4)?.try_into().ok()?) as usize;
    let tail = &bytes[4..];
    (len <= tail.len()).then_some((len, tail))
}
