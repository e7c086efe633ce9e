//! The HTTP client behind a connection, with its headers.
use graph_core::model::ModelError;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use secrecy::ExposeSecret;

use super::client::Auth;
use super::endpoint::Endpoint;
use super::redact::Redactor;
use super::settings::Settings;
use super::{base64, tls};

/// The client of a server. Secrets in its headers are added to the redactor.
pub(super) fn client(
    settings: &Settings,
    auth: Auth,
    endpoint: &Endpoint,
    redactor: &mut Redactor,
) -> Result<reqwest::Client, ModelError> {
    let headers = headers(settings, auth, endpoint, redactor)?;
    tls::ensure_provider();
    let mut client = reqwest::Client::builder()
        .connect_timeout(settings.connect_timeout)
        .default_headers(headers)
        // A redirect could carry the key to another host.
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("graph-models/", env!("CARGO_PKG_VERSION")));
    if endpoint.is_local() {
        client = client.no_proxy();
    }
    client.build().map_err(|error| config("http client", redactor.clean(&error.to_string())))
}

fn headers(
    settings: &Settings,
    auth: Auth,
    endpoint: &Endpoint,
    redactor: &mut Redactor,
) -> Result<HeaderMap, ModelError> {
    let mut headers = HeaderMap::new();
    let mut add = |setting: &str, name: HeaderName, value: &str| {
        let problem = "holds characters that a header cannot have";
        let mut value = HeaderValue::from_str(value).map_err(|_| config(setting, problem.to_owned()))?;
        value.set_sensitive(true);
        headers.insert(name, value);
        Ok::<(), ModelError>(())
    };
    if let Some(key) = &settings.api_key {
        let key = key.expose_secret().trim();
        redactor.add(key);
        match auth {
            Auth::Bearer => add("api_key", AUTHORIZATION, &format!("Bearer {key}"))?,
            Auth::Header(name) => add("api_key", HeaderName::from_static(name), key)?,
        }
    } else if let Some((user, password)) = &endpoint.user {
        let pair = format!("{user}:{}", password.expose_secret());
        add("base_url", AUTHORIZATION, &format!("Basic {}", base64::encode(pair.as_bytes())))?;
    }
    for (name, value) in &settings.protocol_headers {
        add(&format!("header `{name}`"), HeaderName::from_static(name), value)?;
    }
    for (name, value) in &settings.headers {
        let header = HeaderName::try_from(name.as_str())
            .map_err(|_| config("header", format!("`{name}` is not a header name")))?;
        redactor.add(value.expose_secret());
        add(&format!("header `{name}`"), header, value.expose_secret())?;
    }
    Ok(headers)
}

pub(super) fn config(setting: &str, problem: String) -> ModelError {
    ModelError::Config { setting: setting.to_owned(), problem }
}
