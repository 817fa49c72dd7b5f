use crate::{Error, Result};

/// What a method can take.
pub trait Request<'a>: Sized {
    fn read(bytes: &'a [u8]) -> Result<Self>;
}

impl<'a> Request<'a> for &'a [u8] {
    fn read(bytes: &'a [u8]) -> Result<Self> {
        Ok(bytes)
    }
}

/// The empty request, and any other: it is not looked at.
impl<'a> Request<'a> for () {
    fn read(_: &'a [u8]) -> Result<Self> {
        Ok(())
    }
}

/// Text; 400 if it is not UTF-8.
impl<'a> Request<'a> for &'a str {
    fn read(bytes: &'a [u8]) -> Result<Self> {
        std::str::from_utf8(bytes).map_err(|_| Error::bad_request("the request is not UTF-8"))
    }
}

/// What a method can return.
pub trait Response {
    fn write(self) -> Vec<u8>;
}

impl Response for () {
    fn write(self) -> Vec<u8> {
        Vec::new()
    }
}

impl Response for Vec<u8> {
    fn write(self) -> Vec<u8> {
        self
    }
}

impl Response for String {
    fn write(self) -> Vec<u8> {
        self.into_bytes()
    }
}

impl Response for &str {
    fn write(self) -> Vec<u8> {
        self.as_bytes().to_vec()
    }
}
