//! What can be voted for.

use parigot::{config, method, Error, Result};

const NO_SUCH_OPTION: u32 = 1001;

method! {
    /// What somebody wrote → the option that it means
    fn check(request: &str) -> Result<String> {
        let options = config::get("OPTIONS")?.unwrap_or_default();
        let wanted = request.trim();
        let meant = options.split(',').map(str::trim).find(|option| option.eq_ignore_ascii_case(wanted));
        match meant {
            Some(option) if !option.is_empty() => Ok(option.to_string()),
            _ => Err(Error::new(NO_SUCH_OPTION, format!("vote for one of: {}", options))),
        }
    }

    /// An option → as it is shown
    fn title(option: &str) -> Result<String> {
        let mut title = option.to_string();
        if let Some(first) = title.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Ok(title)
    }
}
