//! A workflow in plain async code: three tasks side by side, a question to a human, and a second process that goes on
//! without doing the work again.
//!
//! `cargo run --example workflow`

use graph_core::prelude::*;

#[derive(Interrupt, Clone, Debug, Serialize, Deserialize)]
#[interrupt(resume = bool)]
struct Publish {
    summary: String,
}

/// Something slow and dear, such as a model.
#[task(retry(max_attempts = 3))]
async fn translate(text: &str, language: &str, _cx: &RunContext) -> NodeResult<String> {
    println!("  translating into {language} ..");
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    Ok(format!("{text} ({language})"))
}

#[task]
async fn upload(pages: &[String], _cx: &RunContext) -> NodeResult<usize> {
    println!("  uploading {} pages ..", pages.len());
    Ok(pages.len())
}

/// Translates a text, and uploads the translations if a human agrees.
#[workflow(Translations, tasks(translate, upload), interrupts(Publish))]
async fn translations(text: String, #[previous] last: Option<usize>, cx: &Context<Translations>) -> NodeResult<usize> {
    let languages = ["French", "German", "Italian"].map(|language| translate(&text, language, cx));
    let pages = futures_util::future::try_join_all(languages).await?;
    let summary = format!("{} pages of {text:?}, after {} in the last run", pages.len(), last.unwrap_or(0));
    if cx.interrupt(Publish { summary }).await? { upload(&pages, cx).await } else { Ok(0) }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> graph_core::Result<()> {
    let saver = MemorySaver::new();

    println!("first process:");
    let thread = Translations::new().checkpointer(saver.clone()).thread("manual");
    let mut parts = thread.run(TranslationsInput { text: "Hello".into() }).stream(Mode::UPDATES);
    while let Some(part) = parts.next().await {
        match part? {
            Part::TaskResult(part) => println!("  {:?}", part.result),
            Part::Interrupt(asked) => println!("  asked: {:?}", asked.value),
            _ => {}
        }
    }

    println!("second process:");
    let thread = Translations::new().checkpointer(saver).thread("manual");
    let uploaded = thread.resume(true).await?;
    println!("  uploaded {uploaded}");
    Ok(())
}
