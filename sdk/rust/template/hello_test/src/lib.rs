use parigot::{check_equal, check_error, method, service, Error, Result};

service! { "parigot:service/hello" as hello { fn greet; } }

method! {
    fn test_greets_by_name(_request: ()) -> Result<()> {
        check_equal!(hello::greet("Ada")?, "Hello, Ada!");
        Ok(())
    }

    fn test_wants_a_name(_request: ()) -> Result<()> {
        check_error!(hello::greet(""), Error::BAD_REQUEST);
        Ok(())
    }
}
