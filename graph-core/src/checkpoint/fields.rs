//! The encoding of a state or an update: its fields by their Rust names, each encoded by itself.
//!
//! A MessagePack map from each field's name to a pair: the name of the reducer that folds the value in, or nil if the
//! value overwrites, and the value's own encoding as bytes. So a field that is new is left as it was, one that is gone is
//! an error, and an error names its field.

use rmp::{decode, encode as head};

use super::FormatError;
use super::format::read_value;

/// The bytes of a map's head, whose number of fields is written last.
const MAP_HEAD: [u8; 3] = [0xde, 0, 0];

/// The bytes of a value's head, whose length is written last.
const VALUE_HEAD: [u8; 5] = [0xc6, 0, 0, 0, 0];

/// The name under which a state's version is saved, first of all: no field is called so.
pub(super) const VERSION: &str = "";

/// A field that could not be encoded or decoded.
#[derive(Debug)]
pub struct FieldError {
    /// The field; `None` if not even the fields can be told apart.
    pub field: Option<String>,
    /// The cause.
    pub source: FormatError,
}

/// Writes fields.
#[derive(Debug)]
pub struct FieldWriter {
    bytes: Vec<u8>,
    count: u16,
}

impl FieldWriter {
    /// A writer for a state of this version. The first version is not written.
    pub(crate) fn new(version: u32) -> Self {
        // Room for a small field: with more, a log in memory would be mostly empty.
        let mut bytes = Vec::with_capacity(32);
        bytes.extend(MAP_HEAD);
        let mut fields = Self { bytes, count: 0 };
        if version > 1 {
            // A number is always written.
            let _ = fields.write(VERSION, None, |out| Ok(head::write_u32(out, version)?));
        }
        fields
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.bytes[1..MAP_HEAD.len()].copy_from_slice(&self.count.to_be_bytes());
        self.bytes
    }

    /// Writes a field, which `reducer` folds in, or which overwrites.
    pub(crate) fn field(
        &mut self,
        name: &'static str,
        reducer: Option<&str>,
        value: impl FnOnce(&mut Vec<u8>) -> Result<(), FormatError>,
    ) -> Result<(), FieldError> {
        self.write(name, reducer, value).map_err(|source| FieldError { field: Some(name.to_owned()), source })
    }

    fn write(
        &mut self,
        name: &str,
        reducer: Option<&str>,
        value: impl FnOnce(&mut Vec<u8>) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        let bytes = &mut self.bytes;
        head::write_str(bytes, name)?;
        head::write_array_len(bytes, 2)?;
        match reducer {
            Some(reducer) => head::write_str(bytes, reducer)?,
            None => head::write_nil(bytes)?,
        }
        let begin = bytes.len() + VALUE_HEAD.len();
        bytes.extend(VALUE_HEAD);
        value(bytes)?;
        let length = u32::try_from(bytes.len() - begin)?;
        bytes[begin - 4..begin].copy_from_slice(&length.to_be_bytes());
        self.count += 1;
        Ok(())
    }
}

/// One field of a saved state or update.
#[derive(Clone, Copy, Debug)]
pub struct SavedField<'de> {
    /// The field's name.
    pub name: &'de str,
    /// The reducer that folds the value in; `None` if the value overwrites.
    pub reducer: Option<&'de str>,
    pub(crate) value: &'de [u8],
}

/// The version of a saved state or update.
pub(super) fn version(bytes: &[u8]) -> Result<u32, FieldError> {
    let read = || {
        let mut rest = bytes;
        if decode::read_map_len(&mut rest)? == 0 {
            return Ok(1);
        }
        let SavedField { name, value, .. } = field(&mut rest)?;
        if name == VERSION { read_value(value) } else { Ok(1) }
    };
    read().map_err(|source| FieldError { field: None, source })
}

/// Calls `each` with every field, in order.
pub(crate) fn read_fields<'de, E: From<FieldError>>(
    bytes: &'de [u8],
    mut each: impl FnMut(SavedField<'de>) -> Result<(), E>,
) -> Result<(), E> {
    let mut rest = bytes;
    let damaged = |source| E::from(FieldError { field: None, source });
    let count = decode::read_map_len(&mut rest).map_err(|error| damaged(error.into()))?;
    for _ in 0..count {
        each(field(&mut rest).map_err(damaged)?)?;
    }
    if rest.is_empty() { Ok(()) } else { Err(damaged("there are bytes behind its fields".into())) }
}

fn field<'de>(rest: &mut &'de [u8]) -> Result<SavedField<'de>, FormatError> {
    let name = text(rest)?;
    if decode::read_array_len(rest)? != 2 {
        return Err(format!("`{name}` is no pair of a reducer and a value").into());
    }
    let reducer = match rest.first() {
        Some(0xc0) => {
            *rest = &rest[1..];
            None
        }
        _ => Some(text(rest)?),
    };
    let length = decode::read_bin_len(rest)? as usize;
    let (value, after) = rest.split_at_checked(length).ok_or_else(|| format!("the value of `{name}` is cut off"))?;
    *rest = after;
    Ok(SavedField { name, reducer, value })
}

fn text<'de>(rest: &mut &'de [u8]) -> Result<&'de str, FormatError> {
    let (text, after) = decode::read_str_from_slice(*rest).map_err(|error| error.to_string())?;
    *rest = after;
    Ok(text)
}
