//! Recorded runs of LangGraph, repeated by typed graphs: the same events in the same order.
mod fan_out;
mod limits;
mod linear;
mod messages;
mod picture;
mod policies;
mod schemas;
mod stopping;
mod tool_agent;
