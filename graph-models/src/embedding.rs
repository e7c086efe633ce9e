//! Embeddings in responses.
use graph_core::model::ModelError;
use serde_json::Value;

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
