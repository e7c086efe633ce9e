use std::path::Path;

use super::{Places, normalize};

fn normal(output: &str) -> String {
    let [program, package, workspace] = ["/w/tests/tests/ui/a/b.rs", "/w/tests", "/w"].map(Path::new);
    normalize(output, &Places::new(program, package, workspace))
}

#[test]
fn the_program_is_named_from_the_package_on_and_keeps_its_positions() {
    let output = "error: no\n --> /w/tests/tests/ui/a/b.rs:2:14\n  |\n2 |     a -> b;\n  |          ^\n";
    assert_eq!(normal(output), output.replace("/w/tests/tests", "tests"));
}

#[test]
fn what_a_later_line_number_moves_in_is_taken_out() {
    let narrow = "error: no\n --> /w/tests/tests/ui/a/b.rs:2:1\n  |\n2 | a\n  | ^\n";
    let wide = "error: no\n   --> /w/tests/tests/ui/a/b.rs:2:1\n    |\n2   | a\n    | ^\nnote: there\n   --> graph-core/src/x.rs:120:7\n    |\n120 | fn x();\n    |    ^\n";
    let note = "note: there\n --> $WORKSPACE/graph-core/src/x.rs\n  |\n  | fn x();\n  |    ^\n";
    assert_eq!(normal(wide), normal(narrow) + note);
}

#[test]
fn other_files_have_no_line_numbers() {
    for (path, name) in [
        ("/w/tests/tests/ui/a/c.rs", "tests/ui/a/c.rs"),
        ("/w/tests/tests/ui/a/../c.rs", "tests/ui/c.rs"),
        ("/w/graph-core/src/x.rs", "$WORKSPACE/graph-core/src/x.rs"),
        ("graph-core/src/x.rs", "$WORKSPACE/graph-core/src/x.rs"),
        ("/t/lib/rustlib/src/rust/library/alloc/src/string.rs", "$RUST/alloc/src/string.rs"),
        ("/rustc/59807616e1fa/library/alloc/src/string.rs", "$RUST/alloc/src/string.rs"),
        (
            "/h/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/serde_json-1.0.2/src/ser.rs",
            "$CARGO/serde_json-$VERSION/src/ser.rs",
        ),
    ] {
        let output = format!("error: no\n --> {path}:9:5\n  |\n9 |     fn x();\n  |     ^\n");
        assert_eq!(normal(&output), format!("error: no\n --> {name}\n  |\n  |     fn x();\n  |     ^\n"));
        let beside = format!("error: no\n ::: {path}:9:5\n  |\n9 |     fn x();\n");
        assert_eq!(normal(&beside), format!("error: no\n ::: {name}\n  |\n  |     fn x();\n"));
    }
}

#[test]
fn the_numbers_of_the_program_stay_behind_those_of_another_file() {
    let output = "error: no\n --> graph-core/src/x.rs:9:5\n  |\n9 | fn x();\n  | ^\n  |\n ::: /w/tests/tests/ui/a/b.rs:2:1\n  |\n2 | a\n  | -\n";
    let normal = normal(output);
    assert!(normal.contains("\n  | fn x();\n") && normal.contains("b.rs:2:1\n  |\n2 | a\n"), "{normal}");
}

#[test]
fn paths_in_names_are_replaced() {
    let output = "  = help: within `{async block@/w/tests/tests/ui/a/b.rs:20:10: 20:13}` of `/w/graph-core/src`\n";
    let expected =
        "  = help: within `{async block@$DIR/tests/ui/a/b.rs:20:10: 20:13}` of `$WORKSPACE/graph-core/src`\n";
    assert_eq!(normal(output), expected);
}

#[test]
fn remarks_and_counts_say_nothing_of_the_program() {
    let output = "error: no\n\nerror: aborting due to 1 previous error\n\nFor more information about this error, try `rustc --explain E0080`.\n";
    assert_eq!(normal(output), "error: no\n");
    let output = "error: one\n\nerror: aborting due to 1 previous error\n\nerror: two\n";
    assert_eq!(normal(output), "error: one\n\nerror: two\n");
    let output = "error: no\n  = note: the full type name has been written to 'x-123.txt'\n            and 12 others\n";
    assert_eq!(normal(output), "error: no\n            and $N others\n");
    assert_eq!(normal("\n\n"), "");
}

#[test]
fn what_is_wrong_stays() {
    for (one, other) in [
        ("error: no\n", "error: none\n"),
        ("error: no\n --> /w/tests/tests/ui/a/b.rs:2:1\n", "error: no\n --> /w/tests/tests/ui/a/b.rs:2:2\n"),
        ("error: no\n", "error: no\n\nwarning: unused\n"),
        ("error: no\n --> graph-core/src/x.rs:9:5\n", "error: no\n --> graph-core/src/y.rs:9:5\n"),
        ("error: no\n  = help: a\n", "error: no\n  = help: a\n  = help: b\n"),
    ] {
        assert_ne!(normal(one), normal(other));
    }
}
