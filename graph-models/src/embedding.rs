//! Embeddings: of responses, and for the long-term memory of graphs.
use async_trait::async_trait;
use graph_core::model::ModelError;
use graph_core::store::{EmbedError, Embedder};
use serde_json::Value;

/// A client that embeds texts.
#[async_trait]
pub(crate) trait EmbedTexts: Send + Sync + 'static {
    async fn embed_texts(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, ModelError>;
}

/// A client as the embedder of a store.
pub(crate) struct OfClient<C> {
    pub(crate) client: C,
    pub(crate) dimensions: usize,
}

#[async_trait]
impl<C: EmbedTexts> Embedder for OfClient<C> {
    fn dimensions(&self) -> usize {
        self.dimensions
    }

    async fn embed(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError> {
        let vectors = self.client.embed_texts(texts).await.map_err(EmbedError::new)?;
        match vectors.iter().find(|vector| vector.len() != self.dimensions) {
            None => Ok(vectors),
            Some(vector) => {
                let (found, want) = (vector.len(), self.dimensions);
                Err(EmbedError::new(format!("expected vectors of {want} dimensions, found one of {found}")))
            }
        }
    }
}

/// The method `embedder` of a client.
macro_rules! embedder {
    ($client:ident) => {
        impl $client {
            /// The client as the embedder of a store, whose model gives vectors of so many dimensions. A vector of another
            /// length is an error.
            ///
            /// ```no_run
            /// use graph_core::store::{InMemoryStore, Index, Store};
            #[doc = concat!("use graph_models::", stringify!($client), ";")]
            ///
            #[doc = concat!("let embedder = ", stringify!($client), "::builder().embedding_model(\"m\").build()?.embedder(768);")]
            /// let store = Store::new(InMemoryStore::new()).index(Index::new(embedder));
            /// # Ok::<(), graph_core::model::ModelError>(())
            /// ```
            pub fn embedder(&self, dimensions: usize) -> impl graph_core::store::Embedder + use<> {
                crate::embedding::OfClient { client: self.clone(), dimensions }
            }
        }

        #[async_trait::async_trait]
        impl crate::embedding::EmbedTexts for $client {
            async fn embed_texts(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, ModelError> {
                self.embed(texts).await
            }
        }
    };
}

pub(crate) use embedder;

/// Reads lists of numbers, of which there must be `count`.
pub(crate) fn read<'a>(values: impl Iterator<Item = &'a Value>, count: usize) -> Result<Vec<Vec<f32>>, ModelError> {
    let bad = |problem: String| ModelError::BadResponse { problem };
    let number = |value: &Value| value.as_f64().map(|number| number as f32);
    let vector = |value: &Value| {
        let numbers = value.as_array()?.iter().map(number).collect::<Option<Vec<f32>>>()?;
        Some(numbers).filter(|numbers| !numbers.is_empty())
    };
    let vectors = values.map(vector).collect::<Option<Vec<_>>>();
    let vectors = vectors.ok_or_else(|| bad("expected an embedding, found no list of numbers".to_owned()))?;
    match vectors.len() {
        found if found == count => Ok(vectors),
        found => Err(bad(format!("expected {count} embeddings, found {found}"))),
    }
}
