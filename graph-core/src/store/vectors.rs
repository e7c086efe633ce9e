//! The vectors of an item.

use super::StoreError;

/// The vectors of an item's texts, all of the same number of dimensions. Without a text, there are none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vectors {
    dimensions: usize,
    /// One vector after the other.
    numbers: Vec<f32>,
}

impl Vectors {
    /// Of vectors that all have this number of dimensions.
    pub(super) fn new(dimensions: usize, vectors: &[Vec<f32>]) -> Self {
        Self { dimensions, numbers: vectors.concat() }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The form in which a database keeps them: the number of dimensions as a `u32`, then every number as an `f32`, all
    /// in little-endian order. `None` without a vector.
    #[must_use]
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let dimensions = (self.dimensions as u32).to_le_bytes();
        let numbers = self.numbers.iter().flat_map(|number| number.to_le_bytes());
        (!self.is_empty()).then(|| dimensions.into_iter().chain(numbers).collect())
    }

    /// Reads what [`to_bytes`](Self::to_bytes) has written; `None` if it is something else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (dimensions, numbers) = bytes.split_first_chunk::<4>()?;
        let dimensions = u32::from_le_bytes(*dimensions) as usize;
        let (chunks, rest) = numbers.as_chunks::<4>();
        let numbers: Vec<f32> = chunks.iter().map(|number| f32::from_le_bytes(*number)).collect();
        let is_whole = dimensions > 0 && rest.is_empty() && numbers.len().is_multiple_of(dimensions);
        is_whole.then_some(Self { dimensions, numbers })
    }

    /// The cosine of the smallest angle between one of the vectors and `query`; `None` without a vector.
    ///
    /// # Errors
    /// [`StoreError::Dimensions`], with `place`.
    pub(super) fn score(&self, query: &[f32], place: impl FnOnce() -> String) -> Result<Option<f32>, StoreError> {
        if self.is_empty() {
            return Ok(None);
        }
        if self.dimensions != query.len() {
            return Err(StoreError::Dimensions { place: place(), expected: query.len(), found: self.dimensions });
        }
        Ok(self.numbers.chunks_exact(self.dimensions).map(|vector| cosine(vector, query)).max_by(f32::total_cmp))
    }
}

/// The cosine of the angle between two vectors; 0 if one has no direction.
fn cosine(one: &[f32], other: &[f32]) -> f32 {
    let dot = |one: &[f32], other: &[f32]| -> f64 {
        one.iter().zip(other).map(|(one, other)| f64::from(*one) * f64::from(*other)).sum()
    };
    let lengths = dot(one, one).sqrt() * dot(other, other).sqrt();
    // Not -0.0, which would stand behind 0.0.
    if lengths > 0.0 { (dot(one, other) / lengths).clamp(-1.0, 1.0) as f32 + 0.0 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_of_several_vectors_counts() {
        let vectors = Vectors::new(2, &[vec![0.0, 2.0], vec![3.0, 0.0], vec![-1.0, -1.0]]);
        let score = |query: &[f32]| vectors.score(query, String::new).unwrap().unwrap();
        assert_eq!((score(&[1.0, 0.0]), score(&[0.0, 9.0]), score(&[0.0, 0.0])), (1.0, 1.0, 0.0));
        assert!((score(&[1.0, 1.0]) - 0.5_f32.sqrt()).abs() < 1e-6);
        let error = vectors.score(&[1.0], || "here".to_owned()).unwrap_err();
        assert_eq!(error.to_string(), "a vector of here has 2 dimensions, and the index has 1");
    }

    #[test]
    fn bytes_are_read_back_and_other_bytes_are_refused() {
        let vectors = Vectors::new(2, &[vec![0.1, -2.5], vec![f32::MIN_POSITIVE, 3.0]]);
        let bytes = vectors.to_bytes().unwrap();
        assert_eq!(Vectors::from_bytes(&bytes), Some(vectors));
        assert_eq!(Vectors::default().to_bytes(), None);
        for damaged in [&bytes[..bytes.len() - 1], &bytes[..bytes.len() - 4], &bytes[1..], &[], &[0; 8]] {
            assert_eq!(Vectors::from_bytes(damaged), None, "{damaged:?}");
        }
    }
}
