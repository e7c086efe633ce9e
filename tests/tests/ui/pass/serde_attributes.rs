//! Valid: serde's attributes on the fields of a state, saved and not saved, and states that serde knows nothing of.
use std::rc::Rc;
use std::sync::Arc;

use graph_core::prelude::*;

/// Without serde.
#[derive(Clone, Debug, Default)]
pub(crate) struct Celsius(f64);

mod tenths {
    use super::Celsius;

    pub(crate) fn serialize<S: serde::Serializer>(value: &Celsius, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(value.0 * 10.0)
    }

    pub(crate) fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Celsius, D::Error> {
        let value: f64 = serde::Deserialize::deserialize(deserializer)?;
        Ok(Celsius(value / 10.0))
    }
}

mod saved {
    use super::*;

    /// Which fields can be folded in is no matter of serde.
    #[reducer]
    fn warmer(current: &mut Celsius, by: f64) {
        current.0 += by;
    }

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case", deny_unknown_fields)]
    pub(crate) struct Weather {
        #[state(input)]
        r#type: String,
        #[serde(with = "tenths")]
        outside: Celsius,
        #[serde(with = "super::tenths", rename = "in", skip_serializing_if = "is_cold")]
        #[state(reduce = warmer)]
        inside: Celsius,
        #[serde(skip)]
        #[state(untracked)]
        handle: Arc<std::sync::Mutex<Celsius>>,
    }

    fn is_cold(value: &Celsius) -> bool {
        value.0 < 0.0
    }

    #[node]
    fn look(_: &Weather) -> WeatherUpdate {
        WeatherUpdate::default().outside(Celsius(1.0)).inside(0.5)
    }

    graph! {
        pub(crate) Looking<Weather> {
            START -> look -> END;
        }
    }
}

/// Never saved: no checkpointer.
mod unsaved {
    use super::*;

    #[derive(State, Clone, Debug, Default)]
    pub(crate) struct Weather {
        #[state(input)]
        outside: Celsius,
        inside: Late<Celsius>,
        #[state(reduce = Append)]
        readings: Vec<Celsius>,
    }

    /// Written, and never read.
    #[derive(State, Clone, Debug, Default, Serialize)]
    pub(crate) struct Report {
        #[serde(serialize_with = "tenths::serialize")]
        outside: Celsius,
        town: String,
    }

    #[node]
    fn look(_: &Weather) -> WeatherUpdate {
        WeatherUpdate::default().inside(Celsius(1.0))
    }

    graph! {
        pub(crate) Looking<Weather> {
            START -> look -> END;
        }
    }
}

fn main() {
    let _ = saved::Looking::new().checkpointer(MemorySaver::new());
    let _ = unsaved::Looking::new();
    let _: Option<(Rc<unsaved::Report>, unsaved::ReportUpdate)> = None;
}
