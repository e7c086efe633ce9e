//! The suite for stores on the project's own backends, and on backends with a bug, which it must find; and what is
//! particular to a database.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod conforming;
#[path = "../database/mod.rs"]
mod database;
mod planted;
mod postgres;
mod sqlite;

use async_trait::async_trait;
use graph_core::store::{EmbedError, Embedder, Index};

/// One dimension: how long a text is.
struct Length;

#[async_trait]
impl Embedder for Length {
    fn dimensions(&self) -> usize {
        1
    }

    async fn embed(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError> {
        Ok(texts.iter().map(|text| vec![text.len() as f32]).collect())
    }
}

fn index() -> Index {
    Index::new(Length)
}
