//! Typed custom events: a node reports its progress, and the terminal shows a bar.
use std::time::Duration;

use graph_core::prelude::*;
use indicatif::{ProgressBar, ProgressStyle};

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct IndexState {
    #[state(input, reduce = Overwrite)]
    pages: Vec<String>,
    #[state(reduce = Sum)]
    words: usize,
}

/// The graph's custom events: one type, so that a consumer's `match` is exhaustive.
#[derive(Clone, Debug, Serialize)]
enum Progress {
    Started { pages: usize },
    Page { title: String, words: usize },
    Finished,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(IndexState)]
struct Indexed {
    words: usize,
}

#[node]
async fn index(IndexState { pages, .. }: &IndexState, cx: &Context<IndexGraph>) -> Indexed {
    cx.emit(Progress::Started { pages: pages.len() });
    let mut total = 0;
    for page in pages {
        // Simulates the work of a real index.
        tokio::time::sleep(Duration::from_millis(20)).await;
        let words = page.split_whitespace().count();
        total += words;
        let title = page.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        cx.emit(Progress::Page { title, words });
    }
    cx.emit(Progress::Finished);
    Indexed { words: total }
}

graph! {
    IndexGraph<IndexState> {
        custom Progress;

        START -> index -> END;
    }
}

#[tokio::main]
async fn main() -> graph_core::Result<()> {
    let pages = [
        "Graphs are drawn with nodes and edges",
        "Reducers fold what nodes write into the state",
        "Streams show what happens while it happens",
        "Threads remember",
    ];
    let input = IndexStateInput { pages: pages.map(str::to_owned).into() };

    // The bar goes to stderr, and only if that is a terminal.
    let bar = ProgressBar::no_length();
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}") {
        bar.set_style(style);
    }
    let mut parts = IndexGraph::new().run(input).stream(Mode::CUSTOM | Mode::UPDATES);
    while let Some(part) = parts.next().await {
        match part? {
            Part::Custom(custom) => match custom.event {
                Progress::Started { pages } => {
                    bar.set_length(pages as u64);
                    println!("{} reads {pages} pages", custom.node);
                }
                Progress::Page { title, words } => {
                    bar.set_message(title.clone());
                    bar.inc(1);
                    println!("  {title}..: {words} words");
                }
                Progress::Finished => bar.finish_and_clear(),
            },
            Part::Update(part) => match part.update {
                IndexGraphUpdate::Index(Indexed { words }) => println!("{words} words in all"),
            },
            _ => {}
        }
    }
    Ok(())
}
