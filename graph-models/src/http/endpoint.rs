//! Endpoints: URLs and their credentials.
use reqwest::Url;
use secrecy::SecretString;

use crate::redact::Redactor;

/// The URL of a protocol's endpoint, and its credentials.
pub(crate) struct Endpoint {
    /// Without user and password.
    pub(crate) url: Url,
    /// The URL for errors: without credentials and query.
    pub(crate) label: String,
    /// User and password from the URL.
    pub(crate) user: Option<(String, SecretString)>,
}

impl Endpoint {
    /// The endpoint `path` below a base URL such as `https://api.openai.com/v1`. Secrets in the URL are added to the
    /// redactor. The error says what is wrong, without the URL.
    pub(crate) fn parse(base: &str, path: &str, redactor: &mut Redactor) -> Result<Self, String> {
        let mut url = Url::parse(base.trim())
            .map_err(|error| format!("is not a URL: {error}, expected one like `https://api.openai.com/v1`"))?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return Err(format!("is a `{}` URL, expected `http://..` or `https://..`", url.scheme()));
        }
        let user = match (url.username(), url.password()) {
            ("", None) => None,
            (user, password) => {
                redactor.add(user);
                redactor.add(password.unwrap_or_default());
                Some((user.to_owned(), password.unwrap_or_default().into()))
            }
        };
        for (_, value) in url.query_pairs() {
            redactor.add(&value);
        }
        // Both fail only for URLs without a host, which were refused above.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        url.set_fragment(None);
        let base_path = url.path().trim_end_matches('/').to_owned();
        if !base_path.ends_with(path) {
            url.set_path(&format!("{base_path}{path}"));
        }
        let mut shown = url.clone();
        shown.set_query(None);
        Ok(Endpoint { url, label: shown.to_string(), user })
    }

    /// Whether the server is local, so that no proxy is needed.
    pub(crate) fn is_local(&self) -> bool {
        let host = self.url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(base: &str) -> Result<Endpoint, String> {
        Endpoint::parse(base, "/chat/completions", &mut Redactor::default())
    }

    #[test]
    fn the_path_is_added_once() {
        for base in ["https://x.org/v1", "https://x.org/v1/", "https://x.org/v1/chat/completions"] {
            assert_eq!(parse(base).unwrap().url.as_str(), "https://x.org/v1/chat/completions");
        }
        assert_eq!(parse("http://[::1]:8080").unwrap().url.as_str(), "http://[::1]:8080/chat/completions");
        assert!(parse("http://[::1]:8080").unwrap().is_local() && parse("http://localhost").unwrap().is_local());
        assert!(!parse("https://x.org").unwrap().is_local());
    }

    #[test]
    fn credentials_in_the_address_are_taken_out() {
        let endpoint = parse("https://me:pass-word@x.org/v1?api-key=query-secret#f").unwrap();
        assert_eq!(endpoint.label, "https://x.org/v1/chat/completions");
        assert_eq!(endpoint.url.as_str(), "https://x.org/v1/chat/completions?api-key=query-secret");
        assert_eq!(endpoint.user.unwrap().0, "me");
    }

    #[test]
    fn invalid_urls_are_refused_without_repeating_them() {
        for bad in ["", "sk-secret", "ftp://sk-secret@x", "http://", "unix:/sk-secret"] {
            let problem = parse(bad).err().unwrap();
            assert!(problem.starts_with("is ") && !problem.contains("sk-secret"), "{problem}");
        }
    }
}
