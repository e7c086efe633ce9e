//! The encoding of one value: MessagePack with named fields, so that it is binary and describes itself.
//!
//! `NaN`, `u128`, keys that are no strings and bytes come back as they were, and so do enums that serde reads by looking
//! at the value first (`tag`, `untagged`, `flatten`). What no format of this kind can tell apart is one value: `Some(None)`
//! is `None`, and `Some(())` is `None`.

use rmp::Marker;
use rmp_serde::config::{DefaultConfig, HumanReadableConfig, StructMapConfig};
use rmp_serde::decode::ReadRefReader;
use serde::{Deserialize, Serialize};

/// Why a value could not be encoded or decoded.
pub type FormatError = Box<dyn std::error::Error + Send + Sync>;

/// How deep a value may be nested. The same for both ways: what was saved can be loaded.
const MAX_DEPTH: usize = 200;

/// Human-readable, because serde reads the content of a tagged enum as such: a type with two forms, such as an address,
/// has to be written in the one that is read.
type Encoder<'a> = rmp_serde::Serializer<&'a mut Vec<u8>, HumanReadableConfig<StructMapConfig<DefaultConfig>>>;

type Decoder<'de> = rmp_serde::Deserializer<ReadRefReader<'de, [u8]>, HumanReadableConfig<DefaultConfig>>;

#[derive(Debug, thiserror::Error)]
enum Malformed {
    #[error("it is nested more than {MAX_DEPTH} deep")]
    TooDeep,
    #[error("its bytes are damaged")]
    Damaged,
}

/// Appends a value.
///
/// # Errors
/// Serde's, and a value that is nested too deep to be read again.
pub(crate) fn encode(
    out: &mut Vec<u8>,
    value: impl FnOnce(&mut Encoder<'_>) -> Result<(), rmp_serde::encode::Error>,
) -> Result<(), FormatError> {
    let from = out.len();
    let mut encoder = rmp_serde::Serializer::new(&mut *out).with_struct_map().with_human_readable();
    value(&mut encoder)?;
    // What is shorter than the limit is not nested deeper.
    if out.len() - from > MAX_DEPTH {
        check(&out[from..])?;
    }
    Ok(())
}

/// Reads a value, which has to fill all of `bytes`.
///
/// # Errors
/// The bytes are damaged, or hold something else.
pub(crate) fn decode<'de, T>(
    bytes: &'de [u8],
    value: impl FnOnce(&mut Decoder<'de>) -> Result<T, rmp_serde::decode::Error>,
) -> Result<T, FormatError> {
    check(bytes)?;
    let mut decoder = rmp_serde::Deserializer::from_read_ref(bytes).with_human_readable();
    Ok(value(&mut decoder)?)
}

/// A value by itself.
///
/// # Errors
/// Those of [`encode`].
pub(crate) fn write_value<T: Serialize>(value: &T) -> Result<Vec<u8>, FormatError> {
    // The smallest allocation: a task without an input is its node's name.
    let mut bytes = Vec::with_capacity(24);
    encode(&mut bytes, |encoder| value.serialize(encoder))?;
    Ok(bytes)
}

/// Reads such a value.
///
/// # Errors
/// Those of [`decode`].
pub(crate) fn read_value<T: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Result<T, FormatError> {
    decode(bytes, |decoder| T::deserialize(decoder))
}

/// A value whose maps are sorted by key, so that equal values have equal bytes.
///
/// # Errors
/// Those of [`encode`].
pub(crate) fn encode_sorted(
    value: impl FnOnce(&mut Encoder<'_>) -> Result<(), rmp_serde::encode::Error>,
) -> Result<Vec<u8>, FormatError> {
    let mut bytes = Vec::new();
    encode(&mut bytes, value)?;
    let mut sorted = Vec::with_capacity(bytes.len());
    sort_maps(&mut &*bytes, &mut sorted).ok_or(Malformed::Damaged)?;
    Ok(sorted)
}

/// Moves a value, which is not nested too deep, from `rest` to `out`.
fn sort_maps(rest: &mut &[u8], out: &mut Vec<u8>) -> Option<()> {
    let from = *rest;
    let (content, values) = head(rest)?;
    let after = rest.get(content..)?;
    out.extend(&from[..from.len() - after.len()]);
    *rest = after;
    if !matches!(Marker::from_u8(*from.first()?), Marker::FixMap(_) | Marker::Map16 | Marker::Map32) {
        return (0..values).try_for_each(|_| sort_maps(rest, out));
    }
    let mut entries = Vec::new();
    for _ in 0..values / 2 {
        let (mut key, mut value) = (Vec::new(), Vec::new());
        sort_maps(rest, &mut key)?;
        sort_maps(rest, &mut value)?;
        entries.push((key, value));
    }
    entries.sort_unstable();
    entries.iter().for_each(|(key, value)| {
        out.extend(key);
        out.extend(value);
    });
    Some(())
}

/// Whether the bytes are exactly one value that can be decoded: without recursion, and without trust in any length.
fn check(bytes: &[u8]) -> Result<(), Malformed> {
    let mut rest = bytes;
    // How many values are still to come at each level.
    let mut open = vec![1_u64];
    while let Some(left) = open.last_mut() {
        if *left == 0 {
            open.pop();
            continue;
        }
        *left -= 1;
        let (content, values) = head(&mut rest).ok_or(Malformed::Damaged)?;
        rest = rest.get(content..).ok_or(Malformed::Damaged)?;
        if values > rest.len() as u64 {
            return Err(Malformed::Damaged);
        }
        if values > 0 {
            open.push(values);
            if open.len() > MAX_DEPTH {
                return Err(Malformed::TooDeep);
            }
        }
    }
    if rest.is_empty() { Ok(()) } else { Err(Malformed::Damaged) }
}

/// Reads the head of a value: how many bytes follow, and how many values.
fn head(rest: &mut &[u8]) -> Option<(usize, u64)> {
    let marker = Marker::from_u8(number(rest, 1)? as u8);
    Some(match marker {
        Marker::FixPos(_) | Marker::FixNeg(_) | Marker::Null | Marker::True | Marker::False => (0, 0),
        Marker::U8 | Marker::I8 => (1, 0),
        Marker::U16 | Marker::I16 => (2, 0),
        Marker::U32 | Marker::I32 | Marker::F32 => (4, 0),
        Marker::U64 | Marker::I64 | Marker::F64 => (8, 0),
        Marker::FixStr(length) => (length.into(), 0),
        Marker::Str8 | Marker::Bin8 => (number(rest, 1)? as usize, 0),
        Marker::Str16 | Marker::Bin16 => (number(rest, 2)? as usize, 0),
        Marker::Str32 | Marker::Bin32 => (number(rest, 4)? as usize, 0),
        Marker::FixArray(count) => (0, count.into()),
        Marker::Array16 => (0, number(rest, 2)?),
        Marker::Array32 => (0, number(rest, 4)?),
        Marker::FixMap(count) => (0, 2 * u64::from(count)),
        Marker::Map16 => (0, 2 * number(rest, 2)?),
        Marker::Map32 => (0, 2 * number(rest, 4)?),
        // A length, and one byte for the type.
        Marker::FixExt1 => (2, 0),
        Marker::FixExt2 => (3, 0),
        Marker::FixExt4 => (5, 0),
        Marker::FixExt8 => (9, 0),
        Marker::FixExt16 => (17, 0),
        Marker::Ext8 => (number(rest, 1)? as usize + 1, 0),
        Marker::Ext16 => (number(rest, 2)? as usize + 1, 0),
        Marker::Ext32 => (number(rest, 4)? as usize + 1, 0),
        Marker::Reserved => return None,
    })
}

/// A number of this many bytes.
fn number(rest: &mut &[u8], bytes: usize) -> Option<u64> {
    let (number, after) = rest.split_at_checked(bytes)?;
    *rest = after;
    Some(number.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}
