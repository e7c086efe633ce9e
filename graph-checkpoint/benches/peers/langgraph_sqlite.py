"""The loads of the bench `saved` in Python LangGraph with its SQLite saver: microseconds a super-step, median of three.

    python langgraph_sqlite.py [case ..]

A case is named as in the bench: `sqlite full: count`. One line each, `case<TAB>microseconds<TAB>KiB of the file`.
"""

import os
import sqlite3
import statistics
import sys
import tempfile
import time
from typing import Annotated, TypedDict

from langchain_core.messages import AIMessage
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.message import add_messages

STEPS = 1_000
MESSAGE = "x" * 1_024
TURNS = 3


class Count(TypedDict):
    n: int
    end: int


class Talk(TypedDict):
    messages: Annotated[list, add_messages]
    end: int


def counting():
    graph = StateGraph(Count)
    graph.add_node("add", lambda state: {"n": state["n"] + 1})
    graph.add_edge(START, "add")
    graph.add_conditional_edges("add", lambda state: "add" if state["n"] < state["end"] else END, ["add", END])
    return graph, {"n": 0, "end": STEPS}


def talking():
    graph = StateGraph(Talk)
    graph.add_node("say", lambda state: {"messages": [AIMessage(MESSAGE)]})
    graph.add_edge(START, "say")
    more = lambda state: "say" if len(state["messages"]) < state["end"] else END
    graph.add_conditional_edges("say", more, ["say", END])
    return graph, {"messages": [], "end": STEPS}


def run(load, synchronous):
    """Seconds of a run on a new file, and the bytes of the file."""
    graph, given = load()
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "peer.db")
        connection = sqlite3.connect(file, check_same_thread=False)
        saver = SqliteSaver(connection)
        saver.setup()  # WAL, as ours
        connection.execute(f"PRAGMA synchronous={synchronous}")
        app = graph.compile(checkpointer=saver)
        config = {"configurable": {"thread_id": "bench"}, "recursion_limit": 10 * STEPS}
        begun = time.perf_counter()
        app.invoke(given, config, durability="sync")
        seconds = time.perf_counter() - begun
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return seconds, os.path.getsize(file)


def main():
    wanted = sys.argv[1:]
    for synchronous in ["FULL", "NORMAL"]:
        for name, load in [("count", counting), ("talk", talking)]:
            case = f"sqlite {synchronous.lower()}: {name}"
            if wanted and case not in wanted:
                continue
            runs = [run(load, synchronous) for _ in range(TURNS)]
            micros = statistics.median(seconds for seconds, _ in runs) * 1e6 / STEPS
            print(f"{case}\t{micros:.1f}\t{runs[-1][1] // 1024}", flush=True)


main()
