//! Runs every example as a user would, offline, and compares its output.
//!
//! `GRAPH_BLESS=1` writes the current output to `expected/`, to be reviewed before it is committed.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const EXAMPLES: [&str; 20] = [
    "joke",
    "agent",
    "structured",
    "draw",
    "chatbot",
    "map_reduce",
    "progress",
    "parallel_tokens",
    "multi_user",
    "replay",
    "breakpoint",
    "approval",
    "time_travel",
    "workflow",
    "migrate",
    "memory_store",
    "subgraph",
    "policies",
    "command",
    "supervisor",
];

/// The program of an example, which cargo puts beside this test.
fn program(example: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a test knows where it runs");
    let target = test.parent().and_then(Path::parent).expect("tests run in target/<profile>/deps");
    target.join("examples").join(example).with_extension(std::env::consts::EXE_EXTENSION)
}

fn run(example: &str, arguments: &[&str]) -> Output {
    let program = program(example);
    let mut command = Command::new(&program);
    for key in ["GRAPH_MODEL", "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"] {
        command.env_remove(key);
    }
    command.args(arguments).output().unwrap_or_else(|error| panic!("{}: {error}", program.display()))
}

/// Replaces each task id, which differs from run to run, by `<id>`.
fn without_ids(text: &str) -> String {
    const FORM: &str = "00000000-0000-0000-0000-000000000000";
    let is_id = |text: &str| {
        let fits = |(form, letter): (char, char)| if form == '-' { letter == '-' } else { letter.is_ascii_hexdigit() };
        text.len() == FORM.len() && FORM.chars().zip(text.chars()).all(fits)
    };
    let (mut out, mut rest) = (String::new(), text);
    while let Some(letter) = rest.chars().next() {
        if rest.get(..FORM.len()).is_some_and(is_id) {
            out.push_str("<id>");
            rest = &rest[FORM.len()..];
        } else {
            out.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    out
}

#[test]
fn every_example_prints_what_is_expected() {
    let mut wrong = Vec::new();
    for example in EXAMPLES {
        let output = run(example, &[]);
        let printed = without_ids(&String::from_utf8_lossy(&output.stdout));
        assert!(output.status.success(), "`{example}` failed:\n{}", String::from_utf8_lossy(&output.stderr));
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("expected").join(example).with_extension("txt");
        if std::env::var_os("GRAPH_BLESS").is_some() {
            std::fs::write(&path, printed.as_bytes()).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        if printed != expected {
            wrong.push(format!("`{example}` printed:\n{printed}\nexpected:\n{expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_example_is_listed_and_compared() {
    let manifest = include_str!("../Cargo.toml");
    let declared = manifest.matches("[[example]]").count();
    assert_eq!(declared, EXAMPLES.len());
    let list = include_str!("../list.rs");
    for example in EXAMPLES {
        assert!(list.contains(&format!("(\"{example}\"")), "`{example}` is not in list.rs");
    }
}

#[test]
fn the_chat_reads_its_input_and_remembers_it() {
    use std::io::Write as _;
    use std::process::Stdio;

    let mut chat = Command::new(program("chatbot"))
        .arg("--chat")
        .env_remove("GRAPH_MODEL")
        .env_remove("OPENAI_API_KEY")
        .env_remove("OPENAI_BASE_URL")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    chat.stdin.take().unwrap().write_all(b"hi! I'm Ada\nwhat's my name?\n\n").unwrap();
    let output = chat.wait_with_output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success());
    let turns: Vec<_> = printed.split("\n> ").collect();
    assert!(turns[1].contains("Ada") && turns[2].contains("Ada"), "{printed}");
}

#[test]
fn the_chat_goes_on_where_it_stood_if_it_has_a_file() {
    use std::io::Write as _;
    use std::process::Stdio;

    let file = std::env::temp_dir().join(format!("chat-{}.db", std::process::id()));
    let said = |line: &str| {
        let mut chat = Command::new(program("chatbot"))
            .arg("--chat")
            .arg(&file)
            .env_remove("GRAPH_MODEL")
            .env_remove("OPENAI_API_KEY")
            .env_remove("OPENAI_BASE_URL")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        chat.stdin.take().unwrap().write_all(format!("{line}\n\n").as_bytes()).unwrap();
        String::from_utf8_lossy(&chat.wait_with_output().unwrap().stdout).into_owned()
    };
    let first = said("hi! I'm Ada");
    assert!(!first.contains("Going on"), "{first}");
    let second = said("what's my name?");
    assert!(second.contains("Going on after 2 messages.") && second.contains("Your name is Ada"), "{second}");
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", file.display()));
    }
}

#[test]
fn an_approval_goes_on_in_another_process() {
    let folder = std::env::temp_dir().join(format!("approval-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("refunds.db");
    let printed = |answer: &[&str]| {
        let output = run("approval", &[&[file.to_str().unwrap()], answer].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert_eq!(printed(&[]), "approve a refund of 120?\n");
    assert!(printed(&["too much"]).starts_with("receipt: none\n"));
    assert_eq!(printed(&[]), "approve a refund of 120?\n");
    assert!(printed(&["approve"]).starts_with("receipt: paid 120\n"));
    let again = run("approval", &[file.to_str().unwrap(), "approve"]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("NothingAsked"), "{again:?}");
    std::fs::remove_dir_all(folder).unwrap();
}
