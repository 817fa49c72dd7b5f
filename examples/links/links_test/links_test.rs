//! As a browser asks.

use parigot::{check, check_equal, http, method, service, Result};

service! { "parigot:service/links" as links { fn http; } }

method! {
    fn test_a_short_link_leads_to_the_long_one(_request: ()) -> Result<()> {
        let made = post("url=https%3A%2F%2Fexample.org%2Ftea%3Fa%3D1%26b")?;
        check_equal!(made.status, 201);
        let short = made.headers.get("Location").unwrap_or_default();
        let there = ask(http::Request::new("GET", short))?;
        check_equal!(there.status, 302);
        check_equal!(there.headers.get("Location").unwrap_or_default(), "https://example.org/tea?a=1&b");
        Ok(())
    }

    fn test_the_page_shows_links_and_nothing_that_they_could_smuggle_in(_request: ()) -> Result<()> {
        post("url=https%3A%2F%2Fexample.org%2F%3Cscript%3E")?;
        let page = ask(http::Request::new("GET", "/links/"))?;
        check_equal!(page.status, 200);
        let html = String::from_utf8_lossy(&page.body).into_owned();
        check!(html.contains("https://example.org/&lt;script>"));
        check!(!html.contains("<script"));
        Ok(())
    }

    fn test_what_is_no_address_is_refused(_request: ()) -> Result<()> {
        for form in ["", "url=", "url=javascript%3Aalert(1)", "url=https%3A%2F%2Fa%0D%0ASet-Cookie%3A+b"] {
            check_equal!(post(form)?.status, 400);
        }
        Ok(())
    }

    fn test_an_unknown_link_is_a_404_and_another_method_a_405(_request: ()) -> Result<()> {
        check_equal!(ask(http::Request::new("GET", "/links/nowhere"))?.status, 404);
        let deleted = ask(http::Request::new("DELETE", "/links/nowhere"))?;
        check_equal!(deleted.status, 405);
        check_equal!(deleted.headers.get("Allow").unwrap_or_default(), "GET, POST");
        Ok(())
    }
}

fn post(form: &str) -> Result<http::Response> {
    ask(http::Request::new("POST", "/links/")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(form))
}

fn ask(request: http::Request) -> Result<http::Response> {
    http::Response::parse(&links::http(request.to_bytes())?)
}
