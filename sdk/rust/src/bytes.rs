use std::alloc::{alloc, dealloc, Layout};
use std::fmt;
use std::ops::Deref;

/// Bytes that the platform wrote into this service's memory; freed when dropped.
pub struct Bytes {
    ptr: *mut u8,
    len: usize,
}

impl Bytes {
    /// Room for `len` bytes, aligned as the ABI asks, or null.
    pub(crate) fn allocate(len: usize) -> *mut u8 {
        match Layout::from_size_align(len, 8) {
            Ok(layout) if len > 0 => unsafe { alloc(layout) },
            _ => std::ptr::null_mut(),
        }
    }

    /// # Safety
    /// `ptr` and `len` are those of an [`allocate`](Self::allocate) that nothing else owns, or `len` is 0.
    pub(crate) unsafe fn adopt(ptr: *mut u8, len: usize) -> Self {
        Bytes { ptr, len }
    }

    /// The bytes as text, unless they are not UTF-8.
    pub fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(self).ok()
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        if self.len == 0 {
            return &[];
        }
        unsafe { std::slice::from_raw_parts(self.ptr, self.len) }
    }
}

impl Drop for Bytes {
    fn drop(&mut self) {
        if self.len > 0 {
            unsafe { dealloc(self.ptr, Layout::from_size_align_unchecked(self.len, 8)) }
        }
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl From<Bytes> for Vec<u8> {
    fn from(bytes: Bytes) -> Self {
        bytes.to_vec()
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&String::from_utf8_lossy(self), f)
    }
}
