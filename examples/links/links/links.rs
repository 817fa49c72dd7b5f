//! Short links, over plain HTTP.

use parigot::{http, kv, method, random, Error, Result};

/// What people read out to each other: no vowels, and nothing that looks like another.
const LETTERS: &[u8; 16] = b"23456789cfhjkrtx";
const LENGTH: usize = 6;
const TRIES: usize = 8;
const LONGEST: usize = 2000;
const SHOWN: i32 = 50;

method! {
    /// `GET /links/` the page, `POST /links/` a new link, `GET /links/<name>` to where it leads
    fn http(request: http::Request) -> Result<http::Response> {
        let name = request.path().rsplit('/').next().unwrap_or_default().to_string();
        match (request.method.as_str(), name.as_str()) {
            ("GET", "") => page(),
            ("POST", "") => shorten(&request),
            ("GET", name) => follow(name),
            _ => Ok(text(405, "Ask by GET or POST.").header("Allow", "GET, POST")),
        }
    }
}

fn page() -> Result<http::Response> {
    let mut list = String::new();
    for key in kv::list("link/", "", SHOWN)? {
        let name = key.trim_start_matches("link/");
        if let Some(url) = read(name)? {
            list += &format!("<li><a href=\"{0}\">{0}</a> {1}</li>\n", name, escaped(&url));
        }
    }
    let page = format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Links</title>\n\
         <h1>Short links</h1>\n\
         <form method=\"post\"><label>A long address <input name=\"url\" type=\"url\" required></label>\n\
         <button>Shorten</button></form>\n<ul>\n{}</ul>\n</html>\n",
        list
    );
    Ok(http::Response::new(200, "text/html; charset=utf-8", page))
}

fn shorten(request: &http::Request) -> Result<http::Response> {
    let url = request.form("url").unwrap_or_default();
    let is_url = url.starts_with("https://") || url.starts_with("http://");
    if !is_url || url.len() > LONGEST || url.chars().any(|c| c.is_control() || c == ' ') {
        return Ok(text(400, "url: expected an address that begins with http:// or https://"));
    }
    for _ in 0..TRIES {
        let name = new_name();
        if kv::compare_and_set(&format!("link/{}", name), None, &url)? {
            return Ok(text(201, &format!("/links/{}", name)).header("Location", &format!("/links/{}", name)));
        }
    }
    Err(Error::new(503, "no free name was found"))
}

fn follow(name: &str) -> Result<http::Response> {
    match read(name)? {
        Some(url) => Ok(text(302, &url).header("Location", &url)),
        None => Ok(text(404, "There is no such link.")),
    }
}

fn read(name: &str) -> Result<Option<String>> {
    let url = kv::get(&format!("link/{}", name))?;
    Ok(url.map(|url| String::from_utf8_lossy(&url).into_owned()))
}

fn new_name() -> String {
    let mut rest = random::u64();
    let mut name = String::new();
    for _ in 0..LENGTH {
        name.push(LETTERS[rest as usize % LETTERS.len()] as char);
        rest /= LETTERS.len() as u64;
    }
    name
}

fn text(status: u16, text: &str) -> http::Response {
    http::Response::new(status, "text/plain; charset=utf-8", format!("{}\n", text))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
