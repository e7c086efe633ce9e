//! Numbers in requests.
use serde_json::Value;

/// A number with the digits as written: 0.7, not 0.699999988079071.
pub(crate) fn decimal(value: f32) -> Value {
    value.to_string().parse::<f64>().map_or(Value::Null, Value::from)
}
