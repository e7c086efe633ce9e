//! Recorded runs of LangGraph, repeated by typed graphs: the same events in the same order.
mod fan_out;
mod linear;
mod limits;
mod messages;
mod picture;
mod tool_agent;
