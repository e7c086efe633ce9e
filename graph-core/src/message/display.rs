//! Messages in a terminal.
use std::fmt;

use super::block::ContentBlock;
use super::list::Messages;
use super::role::Role;
use super::single::Message;
use super::tool_call::ToolStatus;

/// One line for each block or call: `user: hi`, `assistant: calls multiply({"a":2,"b":3})`, `tool multiply: 6`.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.role() {
            Role::Remove if self.is_remove_all() => return f.write_str("remove all messages"),
            Role::Remove => return write!(f, "remove {}", self.id()),
            role => f.write_str(role.as_str())?,
        }
        if let Some(name) = self.name() {
            write!(f, " {name}")?;
        }
        if self.status() == ToolStatus::Error {
            f.write_str(" (failed)")?;
        }
        f.write_str(":")?;
        for block in self.blocks() {
            match block {
                ContentBlock::Text(block) if block.text.is_empty() => {}
                ContentBlock::Text(block) => write!(f, " {}", block.text)?,
                ContentBlock::Reasoning(_) => f.write_str(" [reasoning]")?,
                ContentBlock::Image(_) => f.write_str(" [image]")?,
                ContentBlock::File(_) => f.write_str(" [file]")?,
                ContentBlock::ToolCall(_) => {} // shown with the other calls, below
                ContentBlock::Unknown(value) => match value.get("type").and_then(|kind| kind.as_str()) {
                    Some(kind) => write!(f, " [{kind}]")?,
                    None => f.write_str(" [block]")?,
                },
            }
        }
        for call in self.tool_calls() {
            write!(f, " calls {call}")?;
        }
        for call in self.invalid_tool_calls() {
            write!(f, " calls wrongly {call}")?;
        }
        Ok(())
    }
}

/// The messages, a line each.
impl fmt::Display for Messages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, message) in self.iter().enumerate() {
            if position > 0 {
                f.write_str("\n")?;
            }
            message.fmt(f)?;
        }
        Ok(())
    }
}
