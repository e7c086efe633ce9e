//! Endpoints: URLs and their credentials.
use reqwest::Url;
use secrecy::SecretString;

use super::redact::Redactor;

/// The base URL of an API, and its credentials.
pub(crate) struct Endpoint {
    /// Without user and password.
    base: Url,
    /// User and password from the URL.
    pub(crate) user: Option<(String, SecretString)>,
}

impl Endpoint {
    /// A base URL such as `https://api.openai.com/v1`. One that ends in one of `known`, such as `/chat/completions`, is
    /// taken without it. Secrets in the URL are added to the redactor. The error says what is wrong, without the URL.
    pub(crate) fn parse(base: &str, known: &[&str], redactor: &mut Redactor) -> Result<Self, String> {
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
        let path = url.path().trim_end_matches('/').to_owned();
        let path = known.iter().find_map(|known| path.strip_suffix(known)).unwrap_or(&path).to_owned();
        url.set_path(&path);
        Ok(Endpoint { base: url, user })
    }

    /// The URL of `path`, which may have a query.
    pub(crate) fn url(&self, path: &str) -> Url {
        let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
        let mut url = self.base.clone();
        url.set_path(&format!("{}{path}", self.base.path().trim_end_matches('/')));
        if let Some(query) = query {
            let all = self.base.query().map_or_else(|| query.to_owned(), |base| format!("{base}&{query}"));
            url.set_query(Some(&all));
        }
        url
    }

    /// The URL of `path` for errors: without credentials and query.
    pub(crate) fn label(&self, path: &str) -> String {
        let mut shown = self.url(path);
        shown.set_query(None);
        shown.to_string()
    }

    /// The host.
    pub(crate) fn host(&self) -> &str {
        self.base.host_str().unwrap_or_default()
    }

    /// Whether the server is local, so that no proxy is needed.
    pub(crate) fn is_local(&self) -> bool {
        let host = self.host().trim_matches(['[', ']']);
        host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "/chat/completions";

    fn parse(base: &str) -> Result<Endpoint, String> {
        Endpoint::parse(base, &[PATH], &mut Redactor::default())
    }

    #[test]
    fn the_path_is_added_once() {
        for base in ["https://x.org/v1", "https://x.org/v1/", "https://x.org/v1/chat/completions"] {
            assert_eq!(parse(base).unwrap().url(PATH).as_str(), "https://x.org/v1/chat/completions");
        }
        assert_eq!(parse("http://[::1]:8080").unwrap().url(PATH).as_str(), "http://[::1]:8080/chat/completions");
        assert!(parse("http://[::1]:8080").unwrap().is_local() && parse("http://localhost").unwrap().is_local());
        assert!(!parse("https://x.org").unwrap().is_local());
    }

    #[test]
    fn credentials_in_the_address_are_taken_out() {
        let endpoint = parse("https://me:pass-word@x.org/v1?api-key=query-secret#f").unwrap();
        assert_eq!(endpoint.label(PATH), "https://x.org/v1/chat/completions");
        assert_eq!(endpoint.url(PATH).as_str(), "https://x.org/v1/chat/completions?api-key=query-secret");
        assert_eq!(endpoint.url("/m:go?alt=sse").as_str(), "https://x.org/v1/m:go?api-key=query-secret&alt=sse");
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
