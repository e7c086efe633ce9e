//! Compares each sample byte for byte. `GRAPH_BLESS=1` writes the current output, to be reviewed before it is
//! committed.

use crate::{Picture, samples};

macro_rules! drawings {
    ($($name:ident = $picture:expr;)*) => {$(
        #[test]
        fn $name() {
            check(stringify!($name), &$picture, include_str!(concat!("expected/", stringify!($name), ".txt")));
        }
    )*};
}

drawings! {
    line = samples::line();
    fork_join = samples::fork_join();
    router = samples::router();
    agent = samples::agent();
    map_reduce = samples::map_reduce();
    mix = samples::mix();
    wide = samples::wide(12);
    narrowed = samples::wide(5);
    odd = oddities();
}

fn check(name: &str, picture: &Picture, expected: &str) {
    let drawn = picture.ascii();
    if std::env::var_os("GRAPH_BLESS").is_some() {
        let file = format!("{}/src/ascii/expected/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        std::fs::write(file, drawn).unwrap();
    } else {
        assert_eq!(drawn, expected, "\n{drawn}");
    }
}

/// Unusual pictures: nodes to the right of a loop, joins with shared sources, small print, wide and control characters.
fn oddities() -> Picture {
    let mut picture = Picture::new();
    for node in ["a", "b", "漢字", "c\td", "e"] {
        picture.node(node);
    }
    picture.end();
    picture.nodes[2].metadata.push(("defer".to_owned(), "true".to_owned()));
    picture.edge("__start__", "a");
    picture.edge("__start__", "b");
    picture.branch("a", "a", "again");
    picture.branch("a", "漢字", "一 if x > 1");
    picture.branch("a", "漢字", "else");
    picture.joined("b", "c\td", 0);
    picture.joined("漢字", "c\td", 0);
    picture.joined("b", "e", 1);
    picture.joined("漢字", "e", 1);
    picture.edge("c\td", "a");
    picture.edge("e", "__end__");
    picture
}

#[test]
fn an_empty_picture_draws_nothing() {
    assert_eq!(Picture::default().ascii(), "");
}
