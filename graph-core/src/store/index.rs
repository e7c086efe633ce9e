//! Which texts of a value have vectors.

use std::sync::Arc;

use serde_json::Value;

use super::backend::Vectors;
use super::call::caught;
use super::{EmbedError, Embedder, StoreError};

/// Makes a store searchable by text: the embedder, and the fields of values that it embeds.
///
/// An item is embedded when it is written, so items that were written before are not found by a text, and another
/// embedder needs the items to be written again.
#[derive(Clone)]
#[must_use]
pub struct Index {
    embedder: Arc<dyn Embedder>,
    /// `None`: the whole value.
    fields: Option<Vec<String>>,
}

impl Index {
    /// Embeds whole values: a text as it is, and any other value as its JSON.
    pub fn new(embedder: impl Embedder) -> Self {
        Self { embedder: Arc::new(embedder), fields: None }
    }

    /// Embeds these fields only, each by itself: the one that is most similar counts. A field that a value lacks, or that
    /// is null, is left out.
    pub fn fields<F: Into<String>>(mut self, fields: impl IntoIterator<Item = F>) -> Self {
        self.fields = Some(fields.into_iter().map(Into::into).collect());
        self
    }

    fn texts(&self, value: &Value) -> Vec<String> {
        let field = |name: &String| value.as_object()?.get(name).filter(|field| !field.is_null());
        match &self.fields {
            None => vec![text(value)],
            Some(fields) => fields.iter().filter_map(field).map(text).collect(),
        }
    }

    /// The vectors of each of these values, by one call of the embedder.
    pub(super) async fn embed_values(&self, values: &[&Value]) -> Result<Vec<Vectors>, StoreError> {
        let texts: Vec<Vec<String>> = values.iter().map(|value| self.texts(value)).collect();
        let mut vectors = self.embed(texts.concat()).await?.into_iter();
        let dimensions = self.embedder.dimensions();
        let of_one = |texts: &Vec<String>| {
            let vectors: Vec<Vec<f32>> = vectors.by_ref().take(texts.len()).collect();
            Vectors::new(dimensions, &vectors)
        };
        Ok(texts.iter().map(of_one).collect())
    }

    pub(super) async fn embed_query(&self, text: String) -> Result<Vec<f32>, StoreError> {
        Ok(self.embed(vec![text]).await?.swap_remove(0))
    }

    /// A vector for each text.
    async fn embed(&self, texts: Vec<String>) -> Result<Vec<Vec<f32>>, StoreError> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let call = || async { Ok(self.embedder.embed(&texts).await?) };
        let vectors = caught("embed", call).await?;
        if vectors.len() != texts.len() {
            let error = format!("it gave {} vectors for {} texts", vectors.len(), texts.len());
            return Err(EmbedError::new(error).into());
        }
        let expected = self.embedder.dimensions();
        for vector in &vectors {
            if vector.len() != expected || expected == 0 {
                let place = "the embedder".to_owned();
                return Err(StoreError::Dimensions { place, expected, found: vector.len() });
            }
            if !vector.iter().all(|number| number.is_finite()) {
                return Err(EmbedError::new("it gave a vector with a number that is not finite").into());
            }
        }
        Ok(vectors)
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("fields", &self.fields).finish_non_exhaustive()
    }
}
