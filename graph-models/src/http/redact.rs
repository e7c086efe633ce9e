//! Removes secrets from texts.
use secrecy::{ExposeSecret, SecretString};

/// Shorter secrets are not replaced: they would match ordinary words.
const SHORTEST: usize = 6;

/// Removes known secrets from texts of a server: many repeat a wrong key in their error message.
#[derive(Clone, Default)]
pub(crate) struct Redactor {
    secrets: Vec<SecretString>,
}

impl Redactor {
    pub(crate) fn add(&mut self, secret: &str) {
        if secret.len() >= SHORTEST {
            self.secrets.push(secret.into());
        }
    }

    pub(crate) fn clean(&self, text: &str) -> String {
        let clean = |text: String, secret: &SecretString| text.replace(secret.expose_secret(), "[redacted]");
        self.secrets.iter().fold(text.to_owned(), clean)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_repeated_key_is_removed() {
        let mut redactor = super::Redactor::default();
        redactor.add("sk-secret");
        redactor.add("a");
        assert_eq!(redactor.clean("bad key sk-secret!"), "bad key [redacted]!");
    }
}
