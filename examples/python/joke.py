"""The smallest graph: two nodes in a line."""

import asyncio
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class JokeInput(TypedDict):
    topic: str


class JokeOutput(TypedDict):
    joke: str


class JokeState(JokeInput, JokeOutput):
    pass


async def refine_topic(state: JokeState) -> dict:
    return {"topic": f"{state['topic']} and cats"}


async def generate_joke(state: JokeState) -> dict:
    return {"joke": f"This is a joke about {state['topic']}"}


builder = StateGraph(JokeState, input_schema=JokeInput, output_schema=JokeOutput)
builder.add_node("refine_topic", refine_topic)
builder.add_node("generate_joke", generate_joke)
builder.add_edge(START, "refine_topic")
builder.add_edge("refine_topic", "generate_joke")
builder.add_edge("generate_joke", END)
graph = builder.compile()


async def main() -> None:
    async for update in graph.astream({"topic": "ice cream"}, stream_mode="updates"):
        for node, written in update.items():
            match node:
                case "refine_topic":
                    print(f"topic: {written['topic']}")
                case "generate_joke":
                    print(f"joke:  {written['joke']}")

    output = await graph.ainvoke({"topic": "rain"})
    print(output["joke"])
    print(graph.get_graph().draw_mermaid())


asyncio.run(main())
