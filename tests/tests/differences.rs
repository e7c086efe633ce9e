//! The page "Differences from LangGraph" is complete, and every test that it names exists.
#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use graph_tests::golden::{Golden, NOT_COMPARED};
use graph_tests::ui;

/// Every recorded run of LangGraph.
const RECORDINGS: [&str; 57] = [
    "01_linear",
    "02_conditional",
    "03_loop",
    "04_fanout_fanin",
    "06_send_map_reduce",
    "07_concurrent_write_conflict",
    "07b_overwrite",
    "08_add_messages",
    "09_chatbot_summary",
    "10_recursion_limit",
    "11_custom_writer",
    "12_node_return_shapes",
    "12b_invalid_return",
    "13_subgraph_shared_keys",
    "14_subgraph_namespaces",
    "15_interrupt_resume",
    "16_interrupt_before_after",
    "17_parallel_interrupts",
    "18_command_goto",
    "18c_list_of_commands",
    "19_command_parent",
    "20_exception_parallel_branch",
    "21_time_travel_fork",
    "21b_update_state_api",
    "23_node_error_handler",
    "24_cache_policy",
    "25_node_timeout_async",
    "26_durability_modes",
    "27_subgraph_interrupt",
    "28_input_output_private_schema",
    "30_messages_mode_tool_agent",
    "30b_messages_mode_nostream_tag",
    "31_tools_stream_mode",
    "33_push_message",
    "35_subgraph_interrupt_checkpointer_false",
    "36_cancellation",
    "38_pydantic_state",
    "39_create_agent",
    "39c_create_agent_hitl",
    "40_astream_events_v2",
    "40c_astream_events_v2_custom_error",
    "40d_astream_events_filters",
    "40e_astream_events_subgraph",
    "41_stream_events_v3",
    "41b_stream_events_v3_messages_projection",
    "41c_stream_events_v3_subgraphs_lifecycle",
    "41d_stream_events_v3_interrupt",
    "42_functional_api",
    "43_runtime_context_store",
    "44_drain",
    "45_validation_errors",
    "46_draw_mermaid",
    "49_interrupt_response_schema",
    "50_waiting_edge_skipped_branch",
    "51_router_raises",
    "54_invoke_return_shapes",
    "55_sqlite_layout",
];

/// The features that a row may wait for.
const PARTS: [&str; 8] =
    ["SQLite", "durability", "interrupts", "the agent", "the server", "time travel", "tools", "workflows"];

/// A row of a table.
struct Row<'a> {
    first: &'a str,
    here: &'a str,
    shown: &'a str,
}

impl<'a> Row<'a> {
    /// The names in the last column.
    fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.shown.split('`').skip(1).step_by(2)
    }

    fn waits(&self) -> Option<&'a str> {
        self.shown.strip_prefix("waits for ")
    }
}

/// The rows of the table under a heading.
fn rows<'a>(page: &'a str, heading: &str) -> Vec<Row<'a>> {
    let section = page.split("\n# ").find(|section| section.starts_with(heading)).unwrap_or_default();
    let lines = section.lines().filter(|line| line.starts_with("| ")).skip(2);
    let row = |line: &'a str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        Row { first: cells[0], here: cells[cells.len() - 2], shown: cells[cells.len() - 1] }
    };
    lines.map(row).collect()
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The names of all tests of this package.
fn tests() -> BTreeSet<String> {
    let (mut names, mut open) = (BTreeSet::new(), vec![here("tests")]);
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            names.extend(tests_in(&fs::read_to_string(path).unwrap()));
        }
    }
    names
}

fn tests_in(source: &str) -> Vec<String> {
    let (mut names, mut marked) = (Vec::new(), false);
    for line in source.lines().map(str::trim) {
        if line.starts_with("#[") {
            marked |= line.contains("test]") || line.contains("test(");
        } else if !line.starts_with("//") {
            let name = line.split_once("fn ").and_then(|(_, rest)| rest.split_once('('));
            names.extend(name.filter(|_| marked).map(|(name, _)| name.to_owned()));
            marked = false;
        }
    }
    names
}

fn table_is_wrong(rows: &[Row<'_>], tests: &BTreeSet<String>) -> Vec<String> {
    let mut wrong = Vec::new();
    for row in rows {
        let known = |name: &&str| if name.contains('/') { ui::is_a_compile_error(name) } else { tests.contains(*name) };
        wrong.extend(row.names().filter(|name| !known(name)).map(|name| format!("{}: no test `{name}`", row.first)));
        match row.waits() {
            Some(part) if !PARTS.contains(&part) => wrong.push(format!("{}: waits for {part}", row.first)),
            None if row.names().next().is_none() => wrong.push(format!("{}: nothing shows it", row.first)),
            None if row.here.is_empty() => wrong.push(format!("{}: says nothing of here", row.first)),
            _ => {}
        }
    }
    wrong
}

/// The errors in the table of recordings.
fn recordings_are_wrong(rows: &[Row<'_>], tests: &BTreeSet<String>) -> Vec<String> {
    let mut wrong = table_is_wrong(rows, tests);
    let listed: BTreeSet<_> = rows.iter().map(|row| row.first).collect();
    wrong.extend(RECORDINGS.iter().filter(|name| !listed.contains(*name)).map(|name| format!("no row for {name}")));
    wrong.extend(listed.iter().filter(|name| !RECORDINGS.contains(name)).map(|name| format!("no recording {name}")));
    let named: BTreeSet<_> = rows.iter().flat_map(Row::names).collect();
    let forgotten = tests.iter().filter(|test| test.starts_with("golden_") && !named.contains(test.as_str()));
    wrong.extend(forgotten.map(|test| format!("`{test}` is there, and no row says what it shows")));
    wrong
}

fn page() -> String {
    fs::read_to_string(here("../graph-core/src/docs/differences.md")).unwrap()
}

#[test]
fn every_recording_is_repeated_or_accounted_for() {
    let (page, tests) = (page(), tests());
    let wrong = recordings_are_wrong(&rows(&page, "Recording by recording"), &tests);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let copied = fs::read_dir(here("recordings")).unwrap().map(|entry| entry.unwrap().path());
    for recording in copied {
        let name = recording.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(RECORDINGS.contains(&&*name), "{name} is no recording of the list");
    }
}

#[test]
fn every_label_of_a_recording_is_compared_or_listed() {
    let page = page();
    let listed: Vec<_> = rows(&page, "Labels that are not compared");
    let listed: BTreeSet<_> = listed.iter().map(|row| (row.first, row.here.trim_matches('`'), row.shown)).collect();
    assert_eq!(listed, BTreeSet::from(NOT_COMPARED), "the page and the code list the same");

    let goldens = fs::read_dir(here("tests/goldens")).unwrap().map(|file| fs::read_to_string(file.unwrap().path()));
    let goldens = goldens.collect::<Result<String, _>>().unwrap();
    let mut left_out = BTreeSet::new();
    for recording in fs::read_dir(here("recordings")).unwrap() {
        let name = recording.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(goldens.contains(&format!("Golden::read(\"{name}\")")), "nobody reads {name}");
        let golden = Golden::read(&name);
        left_out.extend(
            golden.labels().filter(|label| !golden.compares(label)).map(|label| (name.clone(), label.to_owned())),
        );
    }
    let expected = NOT_COMPARED.map(|(name, label, _)| (name.to_owned(), label.to_owned()));
    assert_eq!(left_out, BTreeSet::from(expected), "what is listed is recorded");
}

#[test]
fn what_is_different_and_every_surprise_is_shown() {
    let (page, tests) = (page(), tests());
    let (different, surprises) = (rows(&page, "Different on purpose"), rows(&page, "Surprises"));
    let wrong = [table_is_wrong(&different, &tests), table_is_wrong(&surprises, &tests)].concat();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(different.len() >= 19, "{} differences", different.len());
    let numbers: Vec<usize> = surprises.iter().map(|row| row.first.parse().unwrap()).collect();
    assert_eq!(numbers, (1..=23).collect::<Vec<_>>());
}

#[test]
fn a_page_that_passes_something_over_is_caught() {
    let (page, tests) = (page(), tests());
    for (from, to, complaint) in [
        ("| 03_loop |", "| 03_lop |", "no row for 03_loop"),
        ("`golden_03_loop`", "`golden_03_lop`", "03_loop: no test `golden_03_lop`"),
        ("`golden_03_loop`", "`golden_02_conditional`", "`golden_03_loop` is there"),
        ("`golden_03_loop`", "", "03_loop: nothing shows it"),
        ("`golden_03_loop`", "waits for the weather", "03_loop: waits for the weather"),
        ("`flow/race_at_start`", "`flow/race_at_end`", "no test `flow/race_at_end`"),
        (
            "| a loop that a router leaves | the same |",
            "| a loop that a router leaves | |",
            "03_loop: says nothing of here",
        ),
    ] {
        let changed = page.replace(from, to);
        let wrong = recordings_are_wrong(&rows(&changed, "Recording by recording"), &tests);
        assert!(wrong.iter().any(|wrong| wrong.contains(complaint)), "{from} as {to}: {wrong:?}");
    }
}
