//! The client of each provider, from its environment variables.
use std::sync::Arc;

use graph_core::model::ChatModel;

use super::ModelNameError;
use super::vars::{Vars, of_variable};

type Found = Result<Arc<dyn ChatModel>, ModelNameError>;

/// Builds a client with the key and the base URL that are set.
macro_rules! build {
    ($builder:expr, $key:expr, $base_url:expr, $key_variable:expr, $url_variable:expr) => {{
        let mut builder = $builder;
        if let Some(key) = $key {
            builder = builder.api_key(key);
        }
        if let Some(base_url) = $base_url {
            builder = builder.base_url(base_url);
        }
        match builder.build() {
            Ok(model) => Ok(Arc::new(model) as Arc<dyn ChatModel>),
            Err(error) => Err(of_variable(error, $key_variable, $url_variable)),
        }
    }};
}

#[cfg(feature = "anthropic")]
pub(super) fn anthropic(model: &str, vars: &Vars<'_>) -> Found {
    let (key_variable, url_variable) = ("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL");
    let base_url = vars.get(url_variable)?;
    let key = vars.key(&[key_variable], base_url.as_ref())?;
    build!(crate::Anthropic::builder().model(model), key, base_url, key_variable, url_variable)
}

#[cfg(feature = "gemini")]
pub(super) fn gemini(model: &str, vars: &Vars<'_>) -> Found {
    let (key_variable, url_variable) = ("GEMINI_API_KEY", "GOOGLE_GEMINI_BASE_URL");
    let base_url = vars.get(url_variable)?;
    let key = vars.key(&[key_variable, "GOOGLE_API_KEY"], base_url.as_ref())?;
    build!(crate::Gemini::builder().model(model), key, base_url, key_variable, url_variable)
}

#[cfg(feature = "ollama")]
pub(super) fn ollama(model: &str, vars: &Vars<'_>) -> Found {
    let (key_variable, url_variable) = ("OLLAMA_API_KEY", "OLLAMA_HOST");
    let base_url = vars.get(url_variable)?.map(|host| address(&host));
    let key = vars.get(key_variable)?;
    build!(crate::Ollama::builder().model(model), key, base_url, key_variable, url_variable)
}

/// The URL of a host in Ollama's form, where scheme and port may be missing. A server that listens on all addresses is
/// at the local one.
#[cfg(feature = "ollama")]
fn address(host: &str) -> String {
    let (scheme, rest) = host.split_once("://").unwrap_or(("http", host));
    let rest = rest.strip_prefix("0.0.0.0").map_or_else(|| rest.to_owned(), |rest| format!("127.0.0.1{rest}"));
    let has_port =
        rest.rsplit_once(':').is_some_and(|(_, port)| port.starts_with(|digit: char| digit.is_ascii_digit()));
    let port = if has_port || host.contains("://") { "" } else { ":11434" };
    format!("{scheme}://{rest}{port}")
}

#[cfg(feature = "openai")]
pub(super) fn openai(model: &str, vars: &Vars<'_>) -> Found {
    let name = if vars.provider == "openai-responses" { "openai" } else { vars.provider };
    let server = crate::openai::SERVERS.iter().find(|server| server.name == name);
    let server = server.ok_or_else(|| ModelNameError::UnknownProvider { provider: name.to_owned() })?;
    let url_variable = format!("{}_BASE_URL", name.to_ascii_uppercase());
    let base_url = vars.get(&url_variable)?;
    let key = vars.key(&[server.key_variable], base_url.as_ref())?;
    if vars.provider == "openai-responses" {
        let builder = crate::OpenAiResponses::builder().model(model);
        return build!(builder, key, base_url, server.key_variable, &url_variable);
    }
    let builder = crate::OpenAi::builder().model(model).base_url(server.base_url).quirks(server.quirks.clone());
    build!(builder, key, base_url, server.key_variable, &url_variable)
}

#[cfg(all(test, feature = "ollama"))]
mod tests {
    #[test]
    fn hosts_in_ollamas_form() {
        for (host, url) in [
            ("example.org", "http://example.org:11434"),
            ("0.0.0.0", "http://127.0.0.1:11434"),
            ("0.0.0.0:7", "http://127.0.0.1:7"),
            ("https://example.org", "https://example.org"),
            ("http://[::1]:8", "http://[::1]:8"),
        ] {
            assert_eq!(super::address(host), url);
        }
    }
}
