"""A graph as a node of another graph."""

import asyncio
from typing import Literal, TypedDict

from langgraph.graph import END, START, StateGraph


class ParentInput(TypedDict):
    foo: str


class ParentState(ParentInput):
    escalated: bool
    too_long: bool


class ChildState(TypedDict):
    foo: str
    bar: str
    too_long: bool


async def fetch_bar(state: ChildState) -> dict:
    return {"bar": "bar"}


async def add_bar(state: ChildState) -> dict:
    foo = f"{state['foo']}{state['bar']}"
    return {"foo": foo, "too_long": len(foo) > 80}


child_builder = StateGraph(ChildState)
child_builder.add_node("fetch_bar", fetch_bar)
child_builder.add_node("add_bar", add_bar)
child_builder.add_edge(START, "fetch_bar")
child_builder.add_edge("fetch_bar", "add_bar")
child_builder.add_edge("add_bar", END)
child = child_builder.compile()


async def greet(state: ParentState) -> dict:
    return {"foo": f"hi! {state['foo']}"}


async def escalate(state: ParentState) -> dict:
    return {"escalated": True}


# A subgraph has one end; how it ended is a field that both states share.
def after_child(state: ParentState) -> Literal["escalate", "__end__"]:
    return "escalate" if state["too_long"] else END


builder = StateGraph(ParentState, input_schema=ParentInput)
builder.add_node("greet", greet)
builder.add_node("child", child)
builder.add_node("escalate", escalate)
builder.add_edge(START, "greet")
builder.add_edge("greet", "child")
builder.add_conditional_edges("child", after_child)
builder.add_edge("escalate", END)
graph = builder.compile()


async def main() -> None:
    async for update in graph.astream({"foo": "foo"}, stream_mode="updates"):
        for node, written in update.items():
            match node:
                case "greet" | "child":
                    print(written["foo"])
                case "escalate":
                    print("escalated")

    async for namespace, update in graph.astream({"foo": "foo"}, stream_mode="updates", subgraphs=True):
        for node, written in update.items():
            match namespace, node:
                case (), _:
                    print(node, written)
                case _, "fetch_bar":
                    print(namespace, written["bar"])
                case _, "add_bar":
                    print(namespace, written["foo"])


asyncio.run(main())
