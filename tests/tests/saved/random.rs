//! Random values come back.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use fastrand::Rng;
use graph_core::prelude::*;

use crate::values::{Bytes, Flat, Key, RichUpdate, Tagged, Tree, Untagged, text, there_and_back};

/// The seed, from the environment variable `SEED` or the clock.
pub(crate) fn seed() -> u64 {
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos() as u64);
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(clock);
    println!("SEED={seed}");
    seed
}

fn word(rng: &mut Rng) -> String {
    (0..rng.usize(0..40)).map(|_| rng.char(..)).collect()
}

fn float(rng: &mut Rng) -> f64 {
    f64::from_bits(rng.u64(..))
}

fn many<T>(rng: &mut Rng, mut one: impl FnMut(&mut Rng) -> T) -> Vec<T> {
    let count = if rng.u8(..) == 0 { 400 } else { rng.usize(0..5) };
    (0..count).map(|_| one(rng)).collect()
}

fn tagged(rng: &mut Rng) -> Tagged {
    match rng.u8(0..3) {
        0 => Tagged::Nothing,
        1 => Tagged::Number { value: float(rng), address: std::net::Ipv4Addr::from(rng.u32(..)).into() },
        _ => Tagged::Map { by_name: many(rng, |rng| (word(rng), rng.u8(..))).into_iter().collect() },
    }
}

fn untagged(rng: &mut Rng, depth: u8) -> Untagged {
    match rng.u8(0..4) {
        0 => Untagged::Number(rng.i64(..)),
        1 => Untagged::Float(float(rng)),
        2 if depth > 0 => Untagged::Many((0..rng.u8(0..4)).map(|_| untagged(rng, depth - 1)).collect()),
        _ => Untagged::Text(word(rng)),
    }
}

fn tree(rng: &mut Rng, depth: u8) -> Tree {
    let count = if depth == 0 { 0 } else { rng.u8(0..3) };
    Tree { name: word(rng), children: (0..count).map(|_| tree(rng, depth - 1)).collect() }
}

fn key(rng: &mut Rng) -> Key {
    if rng.bool() { Key::Unit } else { Key::Pair(rng.i8(..), word(rng)) }
}

/// A random update; each field is written in half of them.
pub(crate) fn update(rng: &mut Rng) -> RichUpdate {
    let mut update = RichUpdate::default();
    macro_rules! sometimes {
        ($($field:ident = $value:expr;)*) => {
            $(if rng.bool() {
                update = update.$field($value);
            })*
        };
    }
    sometimes! {
        n = rng.u64(..);
        float = float(rng);
        short = f32::from_bits(rng.u32(..));
        wide = rng.u128(..) >> rng.u8(0..128);
        signed = rng.i128(..) >> rng.u8(0..128);
        letter = rng.char(..);
        unit = ();
        maybe = rng.bool().then(|| rng.u64(..));
        by_number = many(rng, |rng| (rng.u64(..), word(rng))).into_iter().collect();
        by_key = many(rng, |rng| (key(rng), float(rng))).into_iter().collect();
        pairs = many(rng, |rng| (rng.u8(..), word(rng))).into_iter().collect();
        bytes = Bytes(many(rng, |rng| rng.u8(..)));
        tagged = many(rng, tagged);
        untagged = many(rng, |rng| untagged(rng, 4));
        flat = rng.bool().then(|| Flat {
            own: rng.u8(..),
            rest: many(rng, |rng| (format!("-{}", word(rng)), rng.i64(..))).into_iter().collect(),
        });
        late = Duration::new(rng.u64(..), rng.u32(0..1_000_000_000));
        late_maybe = rng.bool().then(|| rng.u8(..));
        messages = Messages::from(Message::user(word(rng)));
        tree = tree(rng, 6);
        sum = float(rng);
    }
    update
}

#[tokio::test]
async fn random_values_come_back() {
    let mut rng = Rng::with_seed(seed());
    for _ in 0..200 {
        let [told, loaded, _] = there_and_back(update(&mut rng)).await.unwrap();
        assert_eq!(text(&told), text(&loaded));
    }
}
