//! The pictures of a graph: Mermaid, Graphviz, terminal, JSON, and SVG, which its rustdoc shows as well.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct ArticleState {
    #[state(input)]
    topic: String,
    #[state(reduce = Append)]
    notes: Vec<String>,
    verdict: Verdict,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
enum Verdict {
    Good,
    Style,
    #[default]
    Hopeless,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(ArticleState)]
struct Noted {
    notes: Vec<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(ArticleState)]
struct Judged {
    verdict: Verdict,
}

macro_rules! nodes {
    ($($node:ident)*) => {$(
        #[node]
        fn $node(_: &ArticleState) -> Noted {
            Noted { notes: vec![stringify!($node).to_owned()] }
        }
    )*};
}

nodes!(plan gather outline draft polish publish);

#[node]
fn search(query: String) -> Noted {
    Noted { notes: vec![query] }
}

#[node]
fn review(_: &ArticleState) -> Judged {
    Judged { verdict: Verdict::Good }
}

graph! {
    /// Writes an article: plans it, searches while it outlines, and reviews it until it is good.
    ArticleGraph<ArticleState> {
        START -> plan;
        plan -> |state| [for query in state.topic.split(' ') { search(query.to_owned()) }, outline];
        search -> gather;
        [gather, outline] -> draft -> review;
        review -> |state| match state.verdict {
            Verdict::Good => publish,
            Verdict::Style => polish,
            Verdict::Hopeless => plan,
        };
        polish -> review;
        publish -> END;
    }
}

graph! {
    /// The same graph as a node of another graph.
    IssueGraph<ArticleState> {
        START -> ArticleGraph as article -> publish -> END;
    }
}

fn main() -> std::io::Result<()> {
    println!("{}", ArticleGraph::ascii());
    println!("{}", ArticleGraph::mermaid());
    println!("{}", ArticleGraph::dot());
    println!("{:#}", ArticleGraph::json());
    println!();
    println!("{}", IssueGraph::expanded(1).mermaid());

    let svg = ArticleGraph::svg();
    let path = std::env::temp_dir().join(format!("article_graph_{}.svg", std::process::id()));
    std::fs::write(&path, &svg)?;
    let written = std::fs::read_to_string(&path)?;
    println!();
    println!("the SVG was written: {}", written == svg);
    println!("it is one: {}", svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    println!("it needs nothing: {}", !svg.contains("<script") && !svg.contains("href") && !svg.contains("url("));
    // To look at the file, print its path before this line.
    std::fs::remove_file(path)
}
