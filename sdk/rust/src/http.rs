//! HTTP/1.1 messages: what a method named `http` gets and returns, and requests to other hosts.
//!
//! ```ignore
//! method! {
//!     fn http(request: http::Request) -> Result<http::Response> {
//!         let name = request.query("name").unwrap_or_default();
//!         Ok(http::Response::new(200, "text/plain", format!("Hello, {}!", name)))
//!     }
//! }
//! ```
//!
//! An error that the method returns becomes a response with its code and its text.

use crate::{abi, Error, Result};

#[allow(clashing_extern_declarations)] // of another import module
mod import {
    #[link(wasm_import_module = "parigot:http")]
    extern "C" {
        pub fn send(ptr: *const u8, len: usize) -> u64;
    }
}

/// Header lines, in the order of the message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// The first value of a header, whatever the case of its name.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// A request. `target` is the path and the query as sent; in a request to another host it is an
/// absolute URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    pub target: String,
    pub headers: Headers,
    pub body: Vec<u8>,
}

impl Request {
    /// A request without headers and body.
    pub fn new(method: &str, target: &str) -> Self {
        Request {
            method: method.to_string(),
            target: target.to_string(),
            headers: Headers::default(),
            body: Vec::new(),
        }
    }

    /// With one more header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.0.push((name.to_string(), value.to_string()));
        self
    }

    /// With that body.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// The target without its query, as sent.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The first parameter of that name in the query, decoded.
    pub fn query(&self, name: &str) -> Option<String> {
        field(self.target.split_once('?')?.1, name)
    }

    /// The first field of that name in a body of `application/x-www-form-urlencoded`, decoded.
    pub fn form(&self, name: &str) -> Option<String> {
        field(&String::from_utf8_lossy(&self.body), name)
    }

    /// Sends it to the host of its URL, which the manifest must allow, and waits. 400 not a
    /// request, 403 not allowed, 502 unreachable, 504 late.
    pub fn send(&self) -> Result<Response> {
        let message = self.to_bytes();
        Response::parse(&abi::result(unsafe { import::send(message.as_ptr(), message.len()) })?)
    }

    /// Reads a message; 400 if it is no request.
    pub fn parse(message: &[u8]) -> Result<Self> {
        let wrong = || Error::bad_request("not an HTTP/1.1 request");
        let (start, headers, body) = parse(message).ok_or_else(wrong)?;
        let mut words = start.split(' ');
        match (words.next(), words.next(), words.next(), words.next()) {
            (Some(method), Some(target), Some(version), None)
                if !method.is_empty() && !target.is_empty() && version.starts_with("HTTP/") =>
            {
                Ok(Request { headers, body, ..Request::new(method, target) })
            }
            _ => Err(wrong()),
        }
    }

    /// The message. Host and Content-Length are added where they lack.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut headers = self.headers.clone();
        let after_scheme = self.target.split_once("://").map(|(_, rest)| rest);
        if let (Some(rest), None) = (after_scheme, headers.get("Host")) {
            let host = rest.split(&['/', '?', '#'][..]).next().unwrap_or_default();
            headers.0.insert(0, ("Host".to_string(), host.to_string()));
        }
        let start = format!("{} {} HTTP/1.1", clean(&self.method), clean(&self.target));
        message(&start, &headers, &self.body, !self.body.is_empty())
    }
}

impl crate::Request<'_> for Request {
    fn read(bytes: &[u8]) -> Result<Self> {
        Request::parse(bytes)
    }
}

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    pub headers: Headers,
    pub body: Vec<u8>,
}

impl Response {
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = Headers(vec![("Content-Type".to_string(), content_type.to_string())]);
        Response { status, headers, body: body.into() }
    }

    /// With one more header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.0.push((name.to_string(), value.to_string()));
        self
    }

    /// Reads a message; 502 if it is no response.
    pub fn parse(message: &[u8]) -> Result<Self> {
        let wrong = || Error::new(502, "not an HTTP/1.1 response");
        let (start, headers, body) = parse(message).ok_or_else(wrong)?;
        let mut words = start.split(' ');
        let version = words.next().filter(|version| version.starts_with("HTTP/"));
        let status = words.next().filter(|status| status.len() == 3);
        match (version, status.and_then(|status| status.parse().ok())) {
            (Some(_), Some(status)) => Ok(Response { status, headers, body }),
            _ => Err(wrong()),
        }
    }

    /// The message. Content-Length is added.
    pub fn to_bytes(&self) -> Vec<u8> {
        message(&format!("HTTP/1.1 {} ", self.status), &self.headers, &self.body, true)
    }
}

impl crate::Response for Response {
    fn write(self) -> Vec<u8> {
        self.to_bytes()
    }
}

fn message(start: &str, headers: &Headers, body: &[u8], with_length: bool) -> Vec<u8> {
    let mut head = format!("{}\r\n", start);
    for (name, value) in headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("Content-Length")) {
        head += &format!("{}: {}\r\n", clean(name), clean(value));
    }
    if with_length {
        head += &format!("Content-Length: {}\r\n", body.len());
    }
    [head.as_bytes(), b"\r\n", body].concat()
}

/// Without what would end its line.
fn clean(text: &str) -> String {
    text.replace(&['\r', '\n', '\0'][..], " ")
}

/// The first line, the headers and the body.
fn parse(message: &[u8]) -> Option<(String, Headers, Vec<u8>)> {
    let end = message.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&message[..end]);
    let mut lines = head.split("\r\n");
    let start = lines.next()?.to_string();
    let headers: Option<Vec<_>> = lines.map(header).collect();
    Some((start, Headers(headers?), message[end + 4..].to_vec()))
}

fn header(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    let whole = !name.is_empty() && !name.contains(&[' ', '\t'][..]);
    whole.then(|| (name.to_string(), value.trim_matches(&[' ', '\t'][..]).to_string()))
}

fn field(encoded: &str, name: &str) -> Option<String> {
    encoded.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(key) == name).then(|| decode(value))
    })
}

/// What is no escape stays as it is.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = tail.get(..2).filter(|_| first == b'%').and_then(hex);
        bytes.push(escaped.unwrap_or(if first == b'+' { b' ' } else { first }));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| (byte as char).to_digit(16);
    Some((digit(digits[0])? << 4 | digit(digits[1])?) as u8)
}
