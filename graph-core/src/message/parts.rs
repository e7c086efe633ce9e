//! The content of a streamed reply, part by part.
use serde_json::{Map, Value};

use super::block::{ContentBlock, ReasoningBlock};
use super::chunk::MessageChunk;
use super::content::Content;
use super::tool_call::ToolCall;

/// The parts of a reply in the order of their arrival.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    /// All texts.
    text: String,
    /// All reasoning.
    reasoning: String,
    parts: Vec<Part>,
    /// The number of calls that have begun.
    calls: usize,
}

#[derive(Clone, Debug)]
enum Part {
    /// The text up to this position.
    Text(usize),
    /// The reasoning up to this position.
    Reasoning { end: usize, signature: Option<String>, extra: Map<String, Value> },
    /// The call of this number.
    Call(usize),
    /// A block that arrived whole.
    Block(ContentBlock),
}

impl Part {
    /// Whether this is reasoning that may go on.
    fn is_open_reasoning(&self) -> bool {
        matches!(self, Part::Reasoning { signature: None, extra, .. } if extra.is_empty())
    }
}

impl Parts {
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn reasoning(&self) -> &str {
        &self.reasoning
    }

    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Adds a chunk: its reasoning, its text, its blocks.
    pub(super) fn push(&mut self, chunk: &MessageChunk) {
        if !chunk.reasoning().is_empty() {
            self.reasoning.push_str(chunk.reasoning());
            self.open_reasoning();
        }
        if let Some(signature) = chunk.reasoning_signature() {
            self.complete(ReasoningBlock { signature: Some(signature.to_owned()), ..ReasoningBlock::default() });
        }
        if !chunk.text().is_empty() {
            self.text.push_str(chunk.text());
            match self.parts.last_mut() {
                Some(Part::Text(end)) => *end = self.text.len(),
                _ => self.parts.push(Part::Text(self.text.len())),
            }
        }
        for block in chunk.blocks() {
            match block {
                ContentBlock::Reasoning(block) if block.reasoning.is_empty() => self.complete(block.clone()),
                block => self.parts.push(Part::Block(block.clone())),
            }
        }
    }

    /// Records where a call begins.
    pub(super) fn call(&mut self, position: usize) {
        if position == self.calls {
            self.calls += 1;
            self.parts.push(Part::Call(position));
        }
    }

    /// Whether a call came last.
    pub(super) fn ends_in_call(&self) -> bool {
        matches!(self.parts.last(), Some(Part::Call(_)))
    }

    /// Extends the last part to the end of the reasoning, or begins one.
    fn open_reasoning(&mut self) {
        let length = self.reasoning.len();
        match self.parts.last_mut() {
            Some(part) if part.is_open_reasoning() => {
                if let Part::Reasoning { end, .. } = part {
                    *end = length;
                }
            }
            _ => self.parts.push(Part::Reasoning { end: length, signature: None, extra: Map::new() }),
        }
    }

    /// Completes the first reasoning that lacks it; some servers complete all blocks at the end of the reply.
    fn complete(&mut self, block: ReasoningBlock) {
        let ReasoningBlock { signature, extra, .. } = block;
        match self.parts.iter_mut().find(|part| part.is_open_reasoning()) {
            Some(Part::Reasoning { signature: into, extra: keys, .. }) => (*into, *keys) = (signature, extra),
            _ => self.parts.push(Part::Reasoning { end: self.reasoning.len(), signature, extra }),
        }
    }

    /// The content: plain text if there is nothing else. Calls are among the blocks only if blocks other than text
    /// follow them, whose place is then kept.
    pub(super) fn finish(self, call: impl Fn(usize) -> Option<ToolCall>) -> Content {
        let is_opaque = |part: &Part| matches!(part, Part::Reasoning { .. } | Part::Block(_));
        let Some(last_opaque) = self.parts.iter().rposition(is_opaque) else { return Content::from(self.text) };
        let (mut text_start, mut reasoning_start) = (0, 0);
        let mut blocks: Vec<ContentBlock> = Vec::new();
        for (position, part) in self.parts.into_iter().enumerate() {
            match part {
                Part::Text(end) => {
                    let text = &self.text[std::mem::replace(&mut text_start, end)..end];
                    match blocks.last_mut() {
                        Some(ContentBlock::Text(last)) => last.text.push_str(text),
                        _ => blocks.push(ContentBlock::text(text)),
                    }
                }
                Part::Reasoning { end, signature, extra } => {
                    let reasoning = self.reasoning[std::mem::replace(&mut reasoning_start, end)..end].to_owned();
                    blocks.push(ContentBlock::Reasoning(ReasoningBlock { reasoning, signature, extra }));
                }
                Part::Call(number) if position < last_opaque => {
                    blocks.extend(call(number).map(ContentBlock::ToolCall));
                }
                Part::Call(_) => {}
                Part::Block(block) => blocks.push(block),
            }
        }
        Content::from(blocks)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Message, MessageAccumulator, ToolCallChunk};
    use super::*;
    use serde_json::json;

    fn message(chunks: impl IntoIterator<Item = MessageChunk>) -> Message {
        let mut reply = MessageAccumulator::new();
        chunks.into_iter().for_each(|chunk| reply.push(&chunk));
        reply.finish()
    }

    fn think(text: &str) -> MessageChunk {
        MessageChunk::new("").with_reasoning(text)
    }

    fn call(index: usize) -> MessageChunk {
        let fragment = ToolCallChunk::new(index).with_id(format!("c{index}")).with_name("f").with_args("{}");
        MessageChunk::new("").with_tool_call_chunk(fragment)
    }

    #[test]
    fn blocks_keep_their_order_and_a_signature_ends_its_reasoning() {
        let opaque = ContentBlock::Unknown(json!({"type": "redacted_thinking", "data": "xx"}));
        let message = message([
            think("a"),
            think("b").with_reasoning_signature("s1"),
            think("c"),
            MessageChunk::new("").with_reasoning_signature("s2"),
            MessageChunk::new("").with_block(opaque.clone()),
            MessageChunk::new("hi "),
            call(0),
            MessageChunk::new("there"),
            think("d"),
            call(1),
        ]);
        let signed = |text: &str, signature: &str| {
            let (reasoning, signature) = (text.to_owned(), Some(signature.to_owned()));
            ContentBlock::Reasoning(ReasoningBlock { reasoning, signature, extra: Map::new() })
        };
        let want = [
            signed("ab", "s1"),
            signed("c", "s2"),
            opaque,
            ContentBlock::text("hi "),
            ContentBlock::ToolCall(ToolCall::new("c0", "f", json!({}))),
            ContentBlock::text("there"),
            ContentBlock::reasoning("d"),
        ];
        assert_eq!(message.blocks(), want);
        assert_eq!((message.text().as_str(), message.tool_calls().len()), ("hi there", 2));
        let json = serde_json::to_value(&message).unwrap();
        assert_eq!(serde_json::from_value::<Message>(json).unwrap(), message);
    }

    #[test]
    fn text_and_calls_alone_are_plain_text() {
        let message = message([MessageChunk::new("a"), call(0), MessageChunk::new("b")]);
        assert_eq!(serde_json::to_value(message.content()).unwrap(), json!("ab"));
    }

    #[test]
    fn a_call_that_the_token_limit_cut_off_is_invalid_even_if_it_parses() {
        let end = || MessageChunk::new("").with_finish_reason("length").into_last();
        let cut = message([call(0), call(1), end()]);
        assert_eq!((cut.tool_calls().len(), cut.invalid_tool_calls()[0].id.as_str()), (1, "c1"));
        let after = message([call(0), MessageChunk::new("so"), end()]);
        assert_eq!((after.tool_calls().len(), after.invalid_tool_calls().len()), (1, 0));
    }

    #[test]
    fn a_block_that_comes_late_completes_its_reasoning() {
        let done = ReasoningBlock { extra: Map::from_iter([("id".to_owned(), json!("rs"))]), ..Default::default() };
        let late = MessageChunk::new("").with_block(ContentBlock::Reasoning(done));
        let text = serde_json::to_string(&late).unwrap();
        assert_eq!(serde_json::from_str::<MessageChunk>(&text).unwrap(), late);
        let message = message([think("a"), MessageChunk::new("x"), late]);
        let ContentBlock::Reasoning(block) = &message.blocks()[0] else { panic!("{message:?}") };
        assert_eq!((block.reasoning.as_str(), &block.extra["id"], message.blocks().len()), ("a", &json!("rs"), 2));
    }

    #[test]
    fn a_whole_message_stays_what_it_is() {
        let blocks = [ContentBlock::reasoning("a"), ContentBlock::image_url("https://x/y.png")];
        let whole = Message::assistant(blocks.to_vec()).with_id("m");
        assert_eq!(message([whole.clone().into()]), whole);
    }
}
