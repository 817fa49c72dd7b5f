//! Everything that the SDK has, once. The same methods in each language; SdkTest calls them.

use parigot::{call_info, channel, check, check_equal, check_error, clock, config, http, kv, log};
use parigot::{method, queue, random, service, test, Error, Result};
use std::time::Duration;

const NO_TEA: u32 = 1001;

service! {
    "parigot:service/other" as other { fn echo; }
    "parigot:async/other" as later { start echo; }
}

method! {
    fn echo(request: &[u8]) -> Result<Vec<u8>> {
        Ok(request.to_vec())
    }

    fn refuse(_request: ()) -> Result<()> {
        Err(Error::new(NO_TEA, "no tea left"))
    }

    fn forward(request: &[u8]) -> Result<Vec<u8>> {
        other::echo(request)
    }

    fn futures(request: &[u8]) -> Result<Vec<u8>> {
        let first = later::echo(request)?;
        drop(later::echo(request)?);
        while !first.ready() {
            clock::sleep(Duration::from_millis(1));
        }
        first.wait()
    }

    fn keys(_request: ()) -> Result<String> {
        if !kv::compare_and_set("key/a", None, "1")? {
            return Err(Error::new(500, "not set"));
        }
        if kv::compare_and_set("key/a", Some(b"2"), "2")? {
            return Err(Error::new(500, "set though it differs"));
        }
        if !kv::compare_and_set("key/a", Some(b"1"), "2")? {
            return Err(Error::new(500, "not set"));
        }
        kv::put("key/b", "")?;
        kv::put("key/c", "1")?;
        kv::put("key/d", "1")?;
        kv::delete("key/d")?;
        let a = kv::get("key/a")?.unwrap_or_default();
        let d = kv::get("key/d")?.unwrap_or_else(|| b"absent".to_vec());
        let mut told = vec![text(&a), text(&d)];
        let mut after = String::new();
        loop {
            let page = kv::list("key/", &after, 2)?;
            after = match page.last() {
                Some(last) => last.clone(),
                None => return Ok(told.join(" ")),
            };
            told.extend(page);
        }
    }

    fn surroundings(_request: ()) -> Result<String> {
        let start = clock::monotonic_ns();
        let sane = clock::now_ns() > 0 && clock::monotonic_ns() >= start && random::u64() != 0;
        log::warn("the tea is cold");
        let currency = config::get("CURRENCY")?.unwrap_or_default();
        let nothing = config::get("NOTHING")?.unwrap_or_else(|| "absent".to_string());
        let sane = if sane { "sane" } else { "odd" };
        Ok(format!("{} {} {} {}", currency, nothing, call_info("id")?, sane))
    }

    fn send(request: &[u8]) -> Result<()> {
        queue::send("letters", request)
    }

    fn publish(request: &[u8]) -> Result<()> {
        channel::publish("orders", request)
    }

    fn fetch(request: &[u8]) -> Result<String> {
        let got = http::Request::new("PUT", "https://example.org/tea?x=1")
            .header("X-Pot", "blue\r\nevil: 1")
            .body(request)
            .send()?;
        let temperature = got.headers.get("X-TEMPERATURE").unwrap_or_default();
        Ok(format!("{} {} {}", got.status, temperature, text(&got.body)))
    }

    fn http(request: http::Request) -> Result<http::Response> {
        let told = [
            request.method.clone(),
            request.path().to_string(),
            request.query("name").unwrap_or_default(),
            request.form("tea").unwrap_or_default(),
            request.headers.get("host").unwrap_or_default().to_string(),
        ];
        Ok(http::Response::new(201, "text/plain", told.join(" ")))
    }

    fn test_controls(_request: ()) -> Result<()> {
        test::advance(Duration::from_nanos(5));
        test::quiesce();
        check_equal!(test::run_cron("nightly")?, "ran");
        check_error!(test::run_cron("never"), Error::NOT_FOUND);
        let published = test::published("orders")?;
        check_equal!(published.len(), 2);
        check_equal!(&published[0][..], "first");
        check_equal!(&published[1][..], "second");
        test::sign_in("{\"id\": \"ada\"}")?;
        Ok(())
    }

    fn test_equal(request: &[u8]) -> Result<()> {
        check!(request.is_empty());
        check_equal!("green", "black");
        Ok(())
    }

    fn test_number(_request: ()) -> Result<()> {
        check_equal!(2u16, 2);
        check_equal!(3u16, 2);
        Ok(())
    }

    fn test_error(_request: ()) -> Result<()> {
        check_error!(refuse(()), 404);
        Ok(())
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
