//! The settings that all clients have.
use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Map, Value};

/// The settings that all clients have.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) api_key: Option<SecretString>,
    pub(crate) base_url: String,
    pub(crate) model: String,
    /// Headers of the user, treated as secrets.
    pub(crate) headers: Vec<(String, SecretString)>,
    /// Headers of the protocol.
    pub(crate) protocol_headers: Vec<(&'static str, String)>,
    pub(crate) extra_body: Map<String, Value>,
    pub(crate) connect_timeout: Duration,
    pub(crate) first_token_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) total_timeout: Option<Duration>,
    pub(crate) max_retries: u32,
    pub(crate) streaming: bool,
}

impl Settings {
    pub(crate) fn new(base_url: &str, model: &str) -> Self {
        Settings {
            api_key: None,
            base_url: base_url.to_owned(),
            model: model.to_owned(),
            headers: Vec::new(),
            protocol_headers: Vec::new(),
            extra_body: Map::new(),
            connect_timeout: Duration::from_secs(5),
            first_token_timeout: Duration::from_mins(10),
            idle_timeout: Duration::from_mins(2),
            total_timeout: None,
            max_retries: 2,
            streaming: true,
        }
    }
}

/// The methods of a builder that set its `settings`, its `Debug`, and its `Default` by `new`.
macro_rules! settings_methods {
    ($builder:ident) => {
        impl $builder {
            /// The base URL of the API. Default: [`DEFAULT_BASE_URL`].
            pub fn base_url(mut self, url: impl Into<String>) -> Self {
                self.settings.base_url = url.into();
                self
            }

            /// The model. Default: [`DEFAULT_MODEL`].
            pub fn model(mut self, model: impl Into<String>) -> Self {
                self.settings.model = model.into();
                self
            }

            /// Adds a header. Its value is treated as a secret.
            pub fn header(mut self, name: impl Into<String>, value: impl Into<secrecy::SecretString>) -> Self {
                self.settings.headers.push((name.into(), value.into()));
                self
            }

            /// Adds a field to the body of every request, verbatim. It overrides what the client writes, and the
            /// `extra` options of a prompt override it.
            pub fn extra_body(mut self, key: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
                self.settings.extra_body.insert(key.into(), value.into());
                self
            }

            /// The time limit for connecting. Default: 5 s.
            pub fn connect_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.settings.connect_timeout = timeout;
                self
            }

            /// The time limit for the first token of the reply, from the request on; keep-alive messages do not extend
            /// it. Default: 600 s.
            pub fn first_token_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.settings.first_token_timeout = timeout;
                self
            }

            /// The time limit between chunks of a reply. Default: 120 s.
            pub fn idle_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.settings.idle_timeout = timeout;
                self
            }

            /// The time limit for a call with its retries, up to the end of the reply. Default: none.
            pub fn total_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.settings.total_timeout = Some(timeout);
                self
            }

            /// The number of retries if the network or the server fails before the first token. A call is never
            /// repeated after a token; the retry policy of a node can do that. Default: 2.
            pub fn max_retries(mut self, retries: u32) -> Self {
                self.settings.max_retries = retries;
                self
            }

            /// Whether to stream the reply. Default: yes. Otherwise it arrives at once.
            pub fn streaming(mut self, streaming: bool) -> Self {
                self.settings.streaming = streaming;
                self
            }
        }

        impl std::fmt::Debug for $builder {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                // The URL may hold credentials; the client shows it once it has been parsed.
                let names: Vec<_> = self.settings.headers.iter().map(|(name, _)| name).collect();
                f.debug_struct(stringify!($builder))
                    .field("model", &self.settings.model)
                    .field("headers", &names)
                    .finish_non_exhaustive()
            }
        }
    };
}

pub(crate) use settings_methods;
