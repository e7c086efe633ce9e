//! A subgraph whose parts are lost when the parent's stream has several modes.

use super::*;

#[node]
async fn works(_: &Log, cx: &Context<Work>) -> Line {
    cx.emit("works");
    line("works")
}

graph! {
    Work<Log> {
        custom &'static str;

        START -> works -> END;
    }
}

graph! {
    Place<Log> {
        START -> Work as work -> END;
    }
}

const MODES: [(&str, Mode); 6] = [
    ("updates", Mode::UPDATES),
    ("values", Mode::VALUES),
    ("custom", Mode::CUSTOM),
    ("tasks", Mode::TASKS),
    ("debug", Mode::DEBUG),
    ("events", Mode::EVENTS),
];

/// The number of parts of each mode from the subgraph.
async fn inside(modes: Mode) -> Vec<(&'static str, usize)> {
    let parts = items(Place::new().run(nothing()).subgraphs().stream(modes)).await;
    let inside = parts.iter().filter(|part| matches!(part, Part::Subgraph(_)));
    let kinds: Vec<_> = inside.map(|part| serde_json::json!(part)["type"].clone()).collect();
    let count = |name| kinds.iter().filter(|kind| *kind == name).count();
    MODES.iter().map(|(name, _)| (*name, count(*name))).filter(|(_, count)| *count > 0).collect()
}

#[tokio::test]
async fn what_happens_inside_is_told_in_every_mode_whatever_others_are_streamed() {
    let mut alone = Vec::new();
    for (name, mode) in MODES {
        let told = inside(mode).await;
        assert!(matches!(&*told, [(of, _)] if *of == name), "`{name}` alone told {told:?}");
        alone.extend(told);
    }
    for choice in 0..1 << MODES.len() {
        let chosen = |place: usize| choice & (1 << place) != 0;
        let modes = (0..MODES.len()).filter(|place| chosen(*place)).map(|place| MODES[place].1);
        let modes = modes.fold(Mode::none(), |all, mode| all | mode);
        let expected: Vec<_> = (0..MODES.len()).filter(|place| chosen(*place)).map(|place| alone[place]).collect();
        assert_eq!(inside(modes).await, expected, "{modes:?}");
    }
}
