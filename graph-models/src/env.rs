//! Choosing a model by the environment.
use std::env::VarError;
use std::sync::Arc;

use graph_core::model::{ChatModel, ModelError, OfflineModel};

use crate::openai::OpenAi;

const KEY: &str = "OPENAI_API_KEY";
const BASE_URL: &str = "OPENAI_BASE_URL";
const MODEL: &str = "OPENAI_MODEL";

/// The model that the environment names.
///
/// | variable | meaning |
/// | --- | --- |
/// | `OPENAI_API_KEY` | the key; local servers mostly need none |
/// | `OPENAI_BASE_URL` | where the API is, `https://api.openai.com/v1` if not set |
/// | `OPENAI_MODEL` | which model, [`openai::DEFAULT_MODEL`](crate::openai::DEFAULT_MODEL) if not set |
///
/// With a key or an address it is an [`OpenAi`] client; with neither it is the built-in
/// [`OfflineModel`]. A variable that is empty counts as not set.
///
/// # Errors
/// [`ModelError::Config`] with the name of the variable, if one cannot be used.
///
/// ```
/// let model = graph_models::from_env()?;
/// println!("{} {}", model.provider(), model.model());
/// # Ok::<(), graph_core::model::ModelError>(())
/// ```
pub fn from_env() -> Result<Arc<dyn ChatModel>, ModelError> {
    from_vars(|name| std::env::var(name))
}

fn from_vars(var: impl Fn(&str) -> Result<String, VarError>) -> Result<Arc<dyn ChatModel>, ModelError> {
    let get = |name: &str| match var(name) {
        Ok(value) => Ok(Some(value.trim().to_owned()).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(config(name, "is not Unicode text")),
    };
    let (key, base_url, model) = (get(KEY)?, get(BASE_URL)?, get(MODEL)?);
    if key.is_none() && base_url.is_none() {
        return Ok(Arc::new(OfflineModel::new()));
    }
    let mut builder = OpenAi::builder();
    if let Some(key) = key {
        builder = builder.api_key(key);
    }
    if let Some(base_url) = base_url {
        builder = builder.base_url(base_url);
    }
    if let Some(model) = model {
        builder = builder.model(model);
    }
    match builder.build() {
        Ok(model) => Ok(Arc::new(model)),
        // The builder names its setting; here a variable stands for it.
        Err(ModelError::Config { setting, problem }) => Err(match setting.as_str() {
            "api_key" => config(KEY, &problem),
            "base_url" => config(BASE_URL, &problem),
            other => config(other, &problem),
        }),
        Err(other) => Err(other),
    }
}

fn config(setting: &str, problem: &str) -> ModelError {
    ModelError::Config { setting: setting.to_owned(), problem: problem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(vars: &[(&str, &str)]) -> Result<Arc<dyn ChatModel>, ModelError> {
        from_vars(|name| {
            let found = vars.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned()).ok_or(VarError::NotPresent)
        })
    }

    #[test]
    fn a_key_or_an_address_gives_a_client_and_nothing_the_offline_model() {
        assert_eq!(with(&[]).unwrap().provider(), "offline");
        assert_eq!(with(&[(MODEL, "m"), (KEY, " ")]).unwrap().provider(), "offline");
        assert_eq!(with(&[(KEY, "sk-1")]).unwrap().provider(), "openai");
        let local = with(&[(BASE_URL, "http://127.0.0.1:1/v1"), (MODEL, "smollm2")]).unwrap();
        assert_eq!((local.provider(), local.model()), ("openai", "smollm2"));
    }

    #[test]
    fn what_cannot_be_used_is_named_and_not_shown() {
        for (vars, name) in [
            (&[(BASE_URL, "sk-secret")][..], BASE_URL),
            (&[(BASE_URL, "ftp://sk-secret")], BASE_URL),
            (&[(KEY, "sk-secret\u{7f}")], KEY),
        ] {
            let error = with(vars).err().unwrap();
            assert!(matches!(&error, ModelError::Config { setting, .. } if setting == name), "{error:?}");
            assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
        }
        let error = from_vars(|_| Err(VarError::NotUnicode("x".into()))).err().unwrap();
        assert!(error.to_string().contains(KEY), "{error}");
    }
}
