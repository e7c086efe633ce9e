"""`Send`: one task for each item, collected by a reducer."""

import asyncio
import operator
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.types import Send


class Draft(TypedDict):
    section: str
    text: str


class ReportInput(TypedDict):
    topic: str


class ReportState(ReportInput):
    sections: list[str]
    drafts: Annotated[list[Draft], operator.add]
    report: str


async def plan(state: ReportState) -> dict:
    return {"sections": [f"{state['topic']}: {s}" for s in ("history", "today", "future")]}


async def write_section(section: str) -> dict:
    return {"drafts": [{"section": section, "text": f"All about {section}."}]}


async def assemble(state: ReportState) -> dict:
    return {"report": "\n".join(draft["text"] for draft in state["drafts"])}


def sections(state: ReportState) -> list[Send]:
    return [Send("write_section", section) for section in state["sections"]]


builder = StateGraph(ReportState, input_schema=ReportInput)
builder.add_node("plan", plan)
builder.add_node("write_section", write_section)
builder.add_node("assemble", assemble)
builder.add_edge(START, "plan")
builder.add_conditional_edges("plan", sections, ["write_section"])
builder.add_edge("write_section", "assemble")
builder.add_edge("assemble", END)
graph = builder.compile()


async def main() -> None:
    state = await graph.ainvoke({"topic": "Rust"})
    print(state["report"])


asyncio.run(main())
