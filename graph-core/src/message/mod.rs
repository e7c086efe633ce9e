//! Messages, their content blocks, chunks, and the reducer that merges them.
/// placeholder
pub struct Message;
