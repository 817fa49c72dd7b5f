use parigot::{method, Error, Result};

method! {
    /// A name → a greeting
    fn greet(name: &str) -> Result<String> {
        if name.is_empty() {
            return Err(Error::bad_request("expected a name"));
        }
        Ok(format!("Hello, {}!", name))
    }
}
