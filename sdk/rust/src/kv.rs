//! The app's key-value store, which all of its services share: prefix your keys.
//!
//! A key has 1 to 512 bytes, a value at most 1 MiB. Each operation is atomic.

use crate::{abi, Error, Result};

mod import {
    #[link(wasm_import_module = "parigot:kv")]
    extern "C" {
        pub fn get(key: *const u8, klen: usize) -> u64;
        pub fn put(key: *const u8, klen: usize, value: *const u8, vlen: usize) -> u64;
        pub fn delete(key: *const u8, klen: usize) -> u64;
        pub fn compare_and_set(
            key: *const u8,
            klen: usize,
            old: *const u8,
            oldlen: i32,
            value: *const u8,
            vlen: usize,
        ) -> u64;
        pub fn list(
            prefix: *const u8,
            plen: usize,
            after: *const u8,
            alen: usize,
            limit: i32,
        ) -> u64;
    }
}

/// The value of a key, if it has one.
pub fn get(key: &str) -> Result<Option<Vec<u8>>> {
    abi::found(unsafe { import::get(key.as_ptr(), key.len()) })
}

/// Sets the value of a key.
pub fn put(key: &str, value: impl AsRef<[u8]>) -> Result<()> {
    let value = value.as_ref();
    let put = unsafe { import::put(key.as_ptr(), key.len(), value.as_ptr(), value.len()) };
    abi::result(put).map(drop)
}

/// Removes a key; succeeds if it is absent.
pub fn delete(key: &str) -> Result<()> {
    abi::result(unsafe { import::delete(key.as_ptr(), key.len()) }).map(drop)
}

/// Sets the value if the present one is `old` (`None`: the key must be absent); tells whether it did.
pub fn compare_and_set(key: &str, old: Option<&[u8]>, value: impl AsRef<[u8]>) -> Result<bool> {
    let value = value.as_ref();
    let (old, oldlen) = old.map_or((std::ptr::null(), -1), |old| (old.as_ptr(), old.len() as i32));
    let set = unsafe {
        import::compare_and_set(key.as_ptr(), key.len(), old, oldlen, value.as_ptr(), value.len())
    };
    match abi::result(set) {
        Ok(_) => Ok(true),
        Err(Error { code: Error::CONFLICT, .. }) => Ok(false),
        Err(other) => Err(other),
    }
}

/// Keys with the prefix, in byte order, after the key `after` (empty: from the start); at most
/// `limit`, fewer if they would exceed 1 MiB. For the next page, `after` is the last key of this
/// one; a page without keys is the end.
pub fn list(prefix: &str, after: &str, limit: i32) -> Result<Vec<String>> {
    let listed = abi::result(unsafe {
        import::list(prefix.as_ptr(), prefix.len(), after.as_ptr(), after.len(), limit)
    })?;
    Ok(abi::list(&listed).map(|key| String::from_utf8_lossy(key).into_owned()).collect())
}
