//! Streams that are malformed, or well-formed in unusual ways: the right result or a typed error, and never a panic, a
//! hang, or a short reply that passes for a whole one.
use std::time::Duration;

use graph_core::model::ModelError;

use super::providers::{ALL, CallOf, Options, Provider, Reason};
use super::server::{Answer, Outcome, Server, call};

/// The text of the reply.
const PIECES: &[&str] = &["Hel", "lo, caf\u{e9} \u{1f600}", "!"];

/// What must come of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Want {
    /// The whole reply.
    Right,
    /// An error.
    Error,
    /// Either: the protocols differ in what they need at the end.
    Either,
}

struct Case {
    name: &'static str,
    answer: Answer,
    want: Want,
}

fn case(name: &'static str, answer: Answer, want: Want) -> Case {
    Case { name, answer, want }
}

/// Cases of any framing.
fn of_any(provider: &Provider) -> Vec<Case> {
    let events = (provider.text)(PIECES, Reason::Stop);
    let (head, body) = (provider.head, events.concat());
    let with = |body: &str| Answer::whole(format!("{head}{body}"));
    let middle = events.iter().position(|event| event.contains("\"!\"")).unwrap();
    let insert = |piece: &str| {
        let mut events = events.clone();
        events.insert(middle, piece.to_owned());
        with(&events.concat())
    };
    let last = events.len() - 1;
    let without_last = events[..last].concat();
    let begins = if provider.name == "ollama" { "" } else { "data: " };
    let length = body.len();
    let sized = |length: usize| {
        let kind = if provider.name == "ollama" { "application/x-ndjson" } else { "text/event-stream" };
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n");
        Answer::whole(format!("{head}{body}"))
    };
    let chunked = |framed: String| {
        let kind = if provider.name == "ollama" { "application/x-ndjson" } else { "text/event-stream" };
        Answer::whole(format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n{framed}"))
    };
    vec![
        case("as it is", with(&body), Want::Right),
        case(
            "in single bytes, which splits characters",
            Answer::pieces(with(&body).pieces[0].1.as_slice(), &[1]),
            Want::Right,
        ),
        case(
            "without a content type",
            Answer::whole(format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{body}")),
            Want::Right,
        ),
        case(
            "with another content type",
            Answer::whole(format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n{body}")),
            Want::Right,
        ),
        case("with a content length", sized(length), Want::Right),
        case("with a content length that is too long", sized(length + 10), Want::Either),
        case("with a content length that is too short", sized(length / 2), Want::Error),
        case("in chunks without a last one", chunked(format!("{length:x}\r\n{body}\r\n")), Want::Either),
        case("in chunks of an invalid size", chunked(format!("zz\r\n{body}\r\n0\r\n\r\n")), Want::Error),
        case("with a ping in the middle", insert(provider.ping), Want::Right),
        case("with escaped NULs", with(&body.replace("Hel", "Hel\\u0000")), Want::Either),
        case("with invalid JSON in the middle", insert(&format!("{begins}{{\"x\":\n\n")), Want::Error),
        case("with a raw NUL in the middle", insert(&format!("{begins}\0\n\n")), Want::Error),
        case("with a number in the middle", insert(&format!("{begins}17\n\n")), Want::Error),
        case("with a list in the middle", insert(&format!("{begins}[]\n\n")), Want::Error),
        case("with an event of another protocol", insert(provider.unparsable), Want::Error),
        case("with an error in the middle", insert(provider.overloaded), Want::Error),
        case("with an error at first", with(&format!("{}{body}", provider.overloaded)), Want::Error),
        case("without its last event", with(&without_last), Want::Either),
        case("without its last two events", with(&events[..last - 1].concat()), Want::Either),
        case("up to the first text", with(&events[..=middle - 2].concat()), Want::Error),
        case("cut in the middle of an event", with(&body[..body.find("lo, ").unwrap()]), Want::Error),
        case("without the last line ends", with(body.trim_end()), Want::Either),
        case("an empty body", with(""), Want::Error),
        case("an empty body of JSON", Answer::status("200 OK", "", "application/json", ""), Want::Error),
        case("an empty object", Answer::status("200 OK", "", "application/json", "{}"), Want::Error),
        case("null", Answer::status("200 OK", "", "application/json", "null"), Want::Error),
        case(
            "an error behind status 200",
            Answer::status("200 OK", "", "application/json", r#"{"error":{"message":"m"}}"#),
            Want::Error,
        ),
        case(
            "a page behind status 200",
            Answer::status("200 OK", "", "text/html", "<html><title>Log in</title></html>"),
            Want::Error,
        ),
        case("a body that is no event", with("upstream said no"), Want::Error),
        case("half a head", Answer::whole("HTTP/1.1 200 OK\r\nContent-Ty"), Want::Error),
        case("no HTTP at all", Answer::whole("hello\r\n\r\n"), Want::Error),
        case("status 204", Answer::whole("HTTP/1.1 204 No Content\r\n\r\n"), Want::Error),
        case("silence after the head", with("").then_hang(), Want::Error),
        case("silence in the middle", with(&events[..middle].concat()).then_hang(), Want::Error),
        case("an open connection after the end", with(&body).then_hang(), Want::Either),
    ]
}

/// Cases of server-sent events.
fn of_events(provider: &Provider) -> Vec<Case> {
    let events = (provider.text)(PIECES, Reason::Stop);
    let body = events.concat().replace("\r\n", "\n");
    let with = |body: &str| Answer::whole(format!("{}{body}", provider.head));
    let alternating: String = body
        .split_inclusive('\n')
        .enumerate()
        .map(|(n, l)| if n % 2 == 0 { l.replace('\n', "\r\n") } else { l.to_owned() })
        .collect();
    let padded: String = body
        .lines()
        .map(|line| match line.strip_suffix('}') {
            Some(rest) => format!("{rest}    }}  \n"),
            None => format!("{line}\n"),
        })
        .collect();
    vec![
        case("with CR and LF", with(&body.replace('\n', "\r\n")), Want::Right),
        case("with CR alone", with(&body.replace('\n', "\r")), Want::Right),
        case("with line ends of both kinds", with(&alternating), Want::Right),
        case("with a byte order mark", with(&format!("\u{feff}{body}")), Want::Right),
        case("with comments", with(&body.replace("\n\n", "\n\n: keep-alive\n\n:\n\n")), Want::Right),
        case("without a space after the colon", with(&body.replace("data: ", "data:")), Want::Right),
        case(
            "with further fields",
            with(&body.replace("data: ", "id: 7\nretry: 10\nodd\nfoo: bar\ndata: ")),
            Want::Right,
        ),
        case("with JSON over several lines", with(&body.replace("data: {", "data: {\ndata: ")), Want::Right),
        case("with padding inside and behind the JSON", with(&padded), Want::Right),
        case("with further blank lines", with(&body.replace("\n\n", "\n\n\n\n")), Want::Right),
        case("with events without data", with(&body.replace("\n\n", "\n\nevent: odd\n\n")), Want::Right),
        case("with empty data", with(&body.replace("\n\n", "\n\ndata:\n\n")), Want::Right),
        case("with further text behind the end", with(&format!("{body}data: nonsense")), Want::Either),
        case("without blank lines", with(&body.replace("\n\n", "\n")), Want::Error),
        case("without field names", with(&body.replace("data: ", "").replace("event: ", "")), Want::Error),
        case("with the names in capitals", with(&body.replace("data: ", "DATA: ")), Want::Error),
    ]
}

async fn play(provider: &Provider, answer: Answer) -> Outcome {
    let short = Duration::from_millis(700);
    let server = Server::start(vec![answer]).await;
    let client = (provider.client)(&server, Options { first_token: short, idle: short, ..Options::default() });
    let outcome = tokio::time::timeout(Duration::from_secs(20), call(&client)).await;
    outcome.unwrap_or_else(|_| panic!("{} hangs", provider.name))
}

#[tokio::test]
async fn the_corpus() {
    let mut count = 0;
    for provider in ALL {
        let mut cases = of_any(provider);
        if provider.name != "ollama" {
            cases.extend(of_events(provider));
        }
        for Case { name, answer, want } in cases {
            count += 1;
            let outcome = play(provider, answer).await;
            let name = format!("{}: {name}", provider.name);
            match (&outcome.error, want) {
                (None, Want::Error) => panic!("{name}: no error: {outcome:?}"),
                (Some(error), Want::Right) => panic!("{name}: {error:?}"),
                (Some(error), _) => assert!(!error.to_string().is_empty(), "{name}"),
                (None, _) => assert_eq!(outcome.good().text().replace('\0', ""), PIECES.concat(), "{name}"),
            }
        }
    }
    assert!(count >= 60, "{count}");
    println!("{count} cases");
}

#[tokio::test]
async fn a_line_of_five_megabytes_is_read_and_one_of_seventeen_refused() {
    for provider in ALL {
        let long = "x".repeat(5 << 20);
        assert_eq!(play(provider, provider.good(&long)).await.good().text().len(), long.len(), "{}", provider.name);
    }
    let too_long = "x".repeat(17 << 20);
    let error = play(&ALL[0], ALL[0].good(&too_long)).await.error;
    assert!(matches!(&error, Some(ModelError::BadResponse { problem }) if problem.contains("larger")), "{error:?}");
}

#[tokio::test]
async fn invalid_utf_8_is_replaced() {
    for provider in ALL {
        let mut bytes = provider.good("hello").pieces[0].1.clone();
        let at = bytes.windows(5).position(|five| five == b"hello").unwrap();
        bytes[at + 1] = 0xff;
        assert_eq!(play(provider, Answer::whole(bytes)).await.good().text(), "h\u{fffd}llo", "{}", provider.name);
    }
}

/// Arguments that never end are an invalid call, which nothing executes.
#[tokio::test]
async fn arguments_that_never_close() {
    const HALF: &[CallOf] = &[("a", "f", &["{\"x\": [1, ", "{\"y\": \"z"])];
    for provider in ALL {
        // The others send a call whole.
        if ["ollama", "gemini"].contains(&provider.name) {
            continue;
        }
        let message = play(provider, provider.answer(&(provider.calls)(HALF))).await.good();
        assert!(message.tool_calls().is_empty(), "{}", provider.name);
        assert_eq!(message.invalid_tool_calls()[0].args, "{\"x\": [1, {\"y\": \"z", "{}", provider.name);
    }
}
