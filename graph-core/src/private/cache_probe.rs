//! Probes and keys of cached nodes.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{No, Select, never};
use crate::checkpoint::FormatError;
use crate::checkpoint::format::{decode, encode, encode_sorted};

/// What can be cached.
#[diagnostic::on_unimplemented(
    message = "`{Self}` must be `Serialize + Deserialize` to be cached",
    label = "cannot be cached",
    note = "add `#[derive(Serialize, Deserialize)]` to `{Self}`, or take `cache` off the node"
)]
pub trait Cacheable: Serialize + DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned> Cacheable for T {}

/// A bound for rustc to report a type that cannot be cached.
pub const fn must_be_cacheable<T: Cacheable>() {}

/// Whether a node with the update `U` and the route `R` can be cached.
pub struct CacheProbe<U, R>(PhantomData<(U, R)>);

impl<U, R> No for CacheProbe<U, R> {}

impl<U: Cacheable, R: Cacheable> CacheProbe<U, R> {
    pub const YES: bool = true;
}

impl<U, R> Select<true> for CacheProbe<U, R> {
    type Type = RealCodec;
}

impl<U, R> Select<false> for CacheProbe<U, R> {
    type Type = StubCodec;
}

/// The encoding of a node's update and route: that of a saved value.
pub trait CacheCodec<U, R> {
    fn encode(update: &U, route: &R) -> Result<Vec<u8>, FormatError>;
    fn decode(bytes: &[u8]) -> Result<(U, R), FormatError>;
}

pub struct RealCodec;

impl<U: Cacheable, R: Cacheable> CacheCodec<U, R> for RealCodec {
    fn encode(update: &U, route: &R) -> Result<Vec<u8>, FormatError> {
        let mut bytes = Vec::new();
        encode(&mut bytes, |encoder| (update, route).serialize(encoder))?;
        Ok(bytes)
    }

    fn decode(bytes: &[u8]) -> Result<(U, R), FormatError> {
        decode(bytes, |decoder| Deserialize::deserialize(decoder))
    }
}

/// A stub for a type that cannot be cached, which was reported.
pub struct StubCodec;

impl<U, R> CacheCodec<U, R> for StubCodec {
    fn encode(_: &U, _: &R) -> Result<Vec<u8>, FormatError> {
        never()
    }

    fn decode(_: &[u8]) -> Result<(U, R), FormatError> {
        never()
    }
}

/// What can be part of a cache key.
#[diagnostic::on_unimplemented(
    message = "a cached node reads `{Self}`, which cannot be part of the key that its updates are kept under",
    label = "not `Serialize`",
    note = "add `#[derive(Serialize)]` to `{Self}`, or say what the key is: `cache(key = |state| ..)`"
)]
pub trait KeyPart {
    fn part(&self) -> Result<Vec<u8>, FormatError>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> KeyPart for T {
    fn part(&self) -> Result<Vec<u8>, FormatError> {
        encode_sorted(|encoder| self.serialize(encoder))
    }
}

/// A part of a key.
pub fn key_part<T: KeyPart + ?Sized>(part: &T) -> Result<Vec<u8>, FormatError> {
    part.part()
}

/// A key of these parts, one after the other: each says where it ends.
pub fn key<const N: usize>(parts: [Result<Vec<u8>, FormatError>; N]) -> Result<Vec<u8>, FormatError> {
    let mut key = Vec::new();
    for part in parts {
        key.extend(part?);
    }
    Ok(key)
}

/// Calls a key function: without arguments, with the one input of its node, or with both.
pub fn key_of_none<K>(key: impl FnOnce() -> K) -> K {
    key()
}

pub fn key_of_one<'a, A, K>(key: impl FnOnce(&'a A) -> K, one: &'a A) -> K {
    key(one)
}

pub fn key_of_both<'a, A, B, K>(key: impl FnOnce(&'a A, &'a B) -> K, one: &'a A, other: &'a B) -> K {
    key(one, other)
}
