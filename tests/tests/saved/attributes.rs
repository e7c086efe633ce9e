//! Serde's attributes say what form a value has, and never which fields are saved or under which name (`names.rs`).

use std::sync::Arc;

use graph_core::prelude::*;

use crate::{checkpoint_error, holds};
use graph_tests::kit::RecordingSaver;

/// A type without serde.
#[derive(Clone, Debug, Default, PartialEq)]
struct Celsius(f64);

/// Its form: tenths of a degree.
mod tenths {
    use super::Celsius;

    pub(super) fn serialize<S: serde::Serializer>(value: &Celsius, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64((value.0 * 10.0) as i64)
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Celsius, D::Error> {
        let tenths: i64 = serde::Deserialize::deserialize(deserializer)?;
        Ok(Celsius(tenths as f64 / 10.0))
    }
}

/// The form of a list of them.
mod all_tenths {
    use super::Celsius;

    pub(super) fn serialize<S: serde::Serializer>(values: &[Celsius], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(values.iter().map(|value| (value.0 * 10.0) as i64))
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Celsius>, D::Error> {
        let tenths: Vec<i64> = serde::Deserialize::deserialize(deserializer)?;
        Ok(tenths.into_iter().map(|tenths| Celsius(tenths as f64 / 10.0)).collect())
    }
}

/// The form of a late one.
mod late_tenths {
    use graph_core::state::Late;

    use super::Celsius;

    pub(super) fn serialize<S: serde::Serializer>(value: &Late<Celsius>, serializer: S) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(&value.get().map(|value| (value.0 * 10.0) as i64), serializer)
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Late<Celsius>, D::Error> {
        let tenths: Option<i64> = serde::Deserialize::deserialize(deserializer)?;
        Ok(tenths.map_or_else(Late::default, |tenths| Late::new(Celsius(tenths as f64 / 10.0))))
    }
}

fn upper<S: serde::Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&text.to_uppercase())
}

fn lower<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text: String = serde::Deserialize::deserialize(deserializer)?;
    Ok(text.to_lowercase())
}

/// Folds one reading in: what a node writes is not what the field holds.
#[reducer]
fn warmest(current: &mut Celsius, reading: u32) {
    current.0 = current.0.max(f64::from(reading));
}

/// What a process holds, and serde knows nothing of.
#[derive(Clone, Debug, Default)]
struct Handle(Arc<str>);

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE")]
struct Weather {
    #[state(input)]
    day_of_year: u64,
    #[serde(with = "tenths")]
    outside: Celsius,
    #[serde(with = "late_tenths", default)]
    inside: Late<Celsius>,
    #[serde(with = "all_tenths")]
    #[state(reduce = Append)]
    readings: Vec<Celsius>,
    #[serde(with = "tenths")]
    #[state(reduce = warmest)]
    maximum: Celsius,
    #[serde(serialize_with = "upper", deserialize_with = "lower", rename = "TOWN")]
    place: String,
    #[serde(skip_serializing_if = "Vec::is_empty", alias = "remarks")]
    #[state(reduce = Append)]
    notes: Vec<String>,
    #[serde(flatten)]
    wind: Wind,
    #[serde(rename = "notes", skip_serializing)]
    #[state(untracked)]
    secret: String,
    #[serde(skip)]
    #[state(untracked)]
    handle: Handle,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Wind {
    from: String,
    knots: Option<u8>,
}

#[node]
fn measure(Weather { day_of_year, .. }: &Weather) -> WeatherUpdate {
    WeatherUpdate::default()
        .outside(Celsius(3.1))
        .inside(Celsius(21.5))
        .readings(vec![Celsius(2.9)])
        .maximum(30)
        .place(format!("here on day {day_of_year}"))
        .wind(Wind { from: "west".into(), knots: None })
        .secret("hunter2".into())
        .handle(Handle("hunter3".into()))
}

graph! {
    Measuring<Weather> {
        START -> measure -> END;
    }
}

#[tokio::test]
async fn a_fields_form_is_kept_and_its_serde_names_are_not() {
    let saver = RecordingSaver::default();
    let thread = Measuring::new().checkpointer(saver.clone()).thread("t");
    for turn in 1..=32 {
        let told = thread.run(WeatherInput { day_of_year: turn }).await.unwrap();
        assert_eq!((told.secret.as_str(), &*told.handle.0), ("hunter2", "hunter3"), "a run has them");
        let loaded = thread.state().await.unwrap();
        let Weather { day_of_year, outside, inside, readings, maximum, place, notes, wind, secret, handle } =
            &*loaded.values;
        assert_eq!((*day_of_year, outside, inside.get()), (turn, &Celsius(3.1), Some(&Celsius(21.5))));
        assert_eq!((readings.len() as u64, maximum, notes.len()), (turn, &Celsius(30.0), 0));
        assert_eq!((place, wind), (&told.place, &told.wind));
        assert_eq!((secret.as_str(), &*handle.0), ("", ""), "what is not saved begins afresh");
    }
    assert!(saver.records().iter().filter(|record| record.has_snapshot()).count() >= 2, "there are snapshots");
    for name in ["day_of_year", "outside", "inside", "readings", "maximum", "place", "wind", "HERE ON DAY"] {
        assert!(holds(&saver, name), "{name}");
    }
    for name in ["hunter", "secret", "handle", "DAY-OF", "TOWN", "remarks", "here on"] {
        assert!(!holds(&saver, name), "{name}");
    }
}

#[test]
fn json_keeps_serdes_names() {
    let weather = Weather { secret: "hunter2".into(), ..Weather::default() };
    let json = serde_json::to_value(&weather).unwrap();
    let names: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["DAY-OF-YEAR", "INSIDE", "MAXIMUM", "OUTSIDE", "READINGS", "TOWN", "from", "knots"]);
}

/// A secret that serde would write, under another field's name.
#[tokio::test]
async fn a_renamed_secret_is_not_saved_and_does_not_take_anothers_place() {
    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Login {
        #[state(input)]
        user: String,
        #[serde(rename = "user_name", default)]
        token: String,
        #[serde(rename = "token", default)]
        #[state(untracked)]
        password: String,
    }

    #[node]
    fn log_in(_: &Login) -> LoginUpdate {
        LoginUpdate::default().token("a token".into()).password("hunter2".into())
    }

    graph! {
        LogIn<Login> {
            START -> log_in -> END;
        }
    }

    let saver = RecordingSaver::default();
    let thread = LogIn::new().checkpointer(saver.clone()).thread("t");
    for _ in 0..20 {
        thread.run(LoginInput { user: "ada".into() }).await.unwrap();
        let state = thread.state().await.unwrap();
        assert_eq!((state.values.token.as_str(), state.values.password.as_str()), ("a token", ""));
    }
    assert!(holds(&saver, "a token") && !holds(&saver, "hunter2") && !holds(&saver, "password"));
}

/// A value that its own form refuses.
#[tokio::test]
async fn a_value_that_cannot_be_written_names_its_field() {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn refuse<S: serde::Serializer>(_: &u64, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("not today"))
    }

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Stubborn {
        #[state(input)]
        fine: u64,
        #[serde(serialize_with = "refuse")]
        stubborn: u64,
    }

    #[node]
    fn nothing(_: &Stubborn) -> StubbornUpdate {
        StubbornUpdate::default()
    }

    graph! {
        Refusing<Stubborn> {
            START -> nothing -> END;
        }
    }

    let thread = Refusing::new().checkpointer(MemorySaver::new()).thread("t");
    let error = checkpoint_error(thread.run(StubbornInput { fine: 1 }).await);
    assert_eq!(error.to_string(), "field `stubborn` of the state of `Refusing` cannot be saved: not today");
}
