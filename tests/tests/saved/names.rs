//! In JSON, the fields of a state and of its generated types have serde's names; what is saved has Rust's.

use graph_core::prelude::*;
use serde_json::json;

use crate::holds;
use graph_tests::kit::RecordingSaver;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Trip {
    #[state(input)]
    from_city: String,
    #[state(input)]
    #[serde(rename = "to", alias = "target", alias = "to_city")]
    to_city: String,
    #[state(input, reduce = Append)]
    #[serde(rename(serialize = "stopsOut", deserialize = "stopsIn"))]
    all_stops: Vec<String>,
    #[state(output)]
    travel_time: Late<u64>,
}

#[node]
fn plan(Trip { from_city, to_city, .. }: &Trip) -> (TripWrite::TravelTime, TripWrite::AllStops) {
    (TripWrite::TravelTime(7), TripWrite::AllStops(vec![format!("{from_city}-{to_city}")]))
}

graph! {
    Trips<Trip> {
        START -> plan -> END;
    }
}

fn input() -> TripInput {
    TripInput { from_city: "Rome".into(), to_city: "Oslo".into(), all_stops: vec!["Bern".into()] }
}

#[test]
fn an_input_and_an_update_have_the_names_that_serde_gives_them() {
    let written = json!({"fromCity": "Rome", "to": "Oslo", "stopsOut": ["Bern"]});
    assert_eq!(json!(input()), written);
    for to in ["to", "target", "to_city"] {
        let read = json!({"fromCity": "Rome", to: "Oslo", "stopsIn": ["Bern"]});
        assert_eq!(serde_json::from_value::<TripInput>(read.clone()).unwrap(), input());
        assert_eq!(json!(serde_json::from_value::<TripUpdate>(read).unwrap()), written);
    }
    assert_eq!(json!(TripUpdate::default().travel_time(7)), json!({"travelTime": 7}));
    let write: TripWrite::ToCity = serde_json::from_value(json!({"target": "Oslo"})).unwrap();
    assert_eq!(json!(write), json!({"to": "Oslo"}));
    // As the state itself.
    let state = Trip { from_city: "Rome".into(), to_city: "Oslo".into(), ..Trip::default() };
    assert_eq!((&json!(state)["fromCity"], &json!(state)["to"]), (&json!("Rome"), &json!("Oslo")));
}

#[test]
fn other_names_are_errors_that_say_serdes() {
    let error = |value| serde_json::from_value::<TripInput>(value).unwrap_err().to_string();
    let rust = json!({"from_city": "Rome", "to": "Oslo", "stopsIn": []});
    let expected = "unknown field `from_city`, expected one of `fromCity`, `to`, `target`, `to_city`, `stopsIn`";
    assert_eq!(error(rust), expected);
    assert_eq!(error(json!({"to": "Oslo", "stopsIn": []})), "missing field `fromCity`");
    let twice = json!({"fromCity": "Rome", "to": "Oslo", "target": "Bern", "stopsIn": []});
    assert!(error(twice).starts_with("duplicate field `"));
    let error = serde_json::from_value::<TripWrite::ToCity>(json!({"to_town": ""})).unwrap_err().to_string();
    assert_eq!(error, "unknown field `to_town`, expected one of `to`, `target`, `to_city`");
}

#[tokio::test]
async fn a_stream_has_serdes_names_and_what_is_saved_has_rusts() {
    let saver = RecordingSaver::default();
    let thread = Trips::new().checkpointer(saver.clone()).thread("t");
    let mut parts = thread.run(input()).stream(Mode::VALUES | Mode::UPDATES | Mode::CHECKPOINTS);
    let mut shown = Vec::new();
    while let Some(part) = parts.next().await {
        let part = json!(part.unwrap());
        shown.push(match part["type"].as_str() {
            Some("checkpoints") => part["data"]["values"].clone(),
            _ => part["data"].clone(),
        });
    }
    let expected = [
        // Before the input: a late field and the fields of the input have no value.
        json!({"stopsOut": []}),
        json!({}),
        json!({"fromCity": "Rome", "to": "Oslo", "stopsOut": ["Bern"]}),
        json!({"plan": {"travelTime": 7, "stopsOut": ["Rome-Oslo"]}}),
        json!({"travelTime": 7}),
        json!({"fromCity": "Rome", "to": "Oslo", "stopsOut": ["Bern", "Rome-Oslo"], "travelTime": 7}),
    ];
    assert_eq!(shown, expected);
    assert_eq!(json!(parts.finish().await.unwrap()), json!({"travelTime": 7}));

    for name in ["from_city", "to_city", "all_stops", "travel_time"] {
        assert!(holds(&saver, name), "{name}");
    }
    for name in ["fromCity", "stopsOut", "stopsIn", "travelTime"] {
        assert!(!holds(&saver, name), "{name}");
    }
    assert_eq!(thread.state().await.unwrap().values.all_stops, ["Bern", "Rome-Oslo"]);
}
