use std::fmt;

/// What a method and every call gives: a response, or an [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed: a code and a text for a person.
///
/// Codes from 400 to 599 mean what HTTP means by them; 1000 and above are the app's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    pub code: u32,
    pub text: String,
}

impl Error {
    /// The caller's mistake.
    pub const BAD_REQUEST: u32 = 400;
    /// No such key, method or thing.
    pub const NOT_FOUND: u32 = 404;
    /// The call took longer than its timeout.
    pub const TIMED_OUT: u32 = 408;
    /// A compare-and-set found another value.
    pub const CONFLICT: u32 = 409;
    /// A check of a test failed.
    pub const EXPECTATION_FAILED: u32 = 417;
    /// A call was refused, because too many wait already.
    pub const TOO_MANY_REQUESTS: u32 = 429;
    /// There was no room for a request or a result.
    pub const NO_MEMORY: u32 = 507;

    pub fn new(code: u32, text: impl Into<String>) -> Self {
        Error { code, text: text.into() }
    }

    /// The caller's mistake.
    pub fn bad_request(text: impl Into<String>) -> Self {
        Error::new(Error::BAD_REQUEST, text)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.text, self.code)
    }
}

impl std::error::Error for Error {}
