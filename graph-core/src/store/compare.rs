//! How JSON values are compared by a filter.

use std::cmp::Ordering;

use serde_json::{Number, Value};

/// Whether the values are equal: numbers by what they count, so `1` is `1.0`, in lists and objects too.
pub(super) fn are_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => compare_numbers(one, other) == Some(Ordering::Equal),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| are_equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let same = |(name, value)| other.get(name).is_some_and(|other| are_equal(value, other));
            one.len() == other.len() && one.iter().all(same)
        }
        _ => one == other,
    }
}

/// The order of two numbers, two texts (by their bytes) or two booleans; no other values have one.
pub(super) fn order(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => compare_numbers(one, other),
        (Value::String(one), Value::String(other)) => Some(one.cmp(other)),
        (Value::Bool(one), Value::Bool(other)) => Some(one.cmp(other)),
        _ => None,
    }
}

fn compare_numbers(one: &Number, other: &Number) -> Option<Ordering> {
    match (integer(one), integer(other)) {
        (Some(one), Some(other)) => Some(one.cmp(&other)),
        (Some(one), None) => compare_mixed(one, other.as_f64()?),
        (None, Some(other)) => compare_mixed(other, one.as_f64()?).map(Ordering::reverse),
        (None, None) => one.as_f64()?.partial_cmp(&other.as_f64()?),
    }
}

fn integer(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

/// Exact, also where an `f64` cannot hold the integer.
fn compare_mixed(integer: i128, float: f64) -> Option<Ordering> {
    // `as` saturates, and both ends are beyond any integer of JSON.
    let whole = float.trunc() as i128;
    let by_fraction = || 0.0.partial_cmp(&float.fract());
    if float.is_nan() { None } else { Some(integer.cmp(&whole)).filter(|order| order.is_ne()).or_else(by_fraction) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_are_compared_by_what_they_count() {
        for (one, other, expected) in [
            (json!(1), json!(1.0), Ordering::Equal),
            (json!(2), json!(10), Ordering::Less),
            (json!(-1), json!(u64::MAX), Ordering::Less),
            (json!(9_007_199_254_740_993_i64), json!(9_007_199_254_740_992.0), Ordering::Greater),
            (json!(-1), json!(-1.5), Ordering::Greater),
            (json!(1e300), json!(u64::MAX), Ordering::Greater),
            (json!(-0.0), json!(0), Ordering::Equal),
        ] {
            assert_eq!(order(&one, &other), Some(expected), "{one} {other}");
            assert_eq!(order(&other, &one), Some(expected.reverse()), "{other} {one}");
            assert_eq!(are_equal(&json!([{ "n": one }]), &json!([{ "n": other }])), expected.is_eq(), "{one} {other}");
        }
    }

    #[test]
    fn values_of_two_kinds_have_no_order() {
        for (one, other) in [(json!(1), json!("1")), (json!(null), json!(0)), (json!([1]), json!([2]))] {
            assert_eq!(order(&one, &other), None);
            assert!(!are_equal(&one, &other));
        }
    }
}
