#!/usr/bin/env python3
"""What an editor sees: asks a rust-analyzer about a user's program. Usage: editor.py RUST_ANALYZER SCRATCH"""
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from lsp import Server

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
MANIFEST = f"""[package]
name = "ide"
version = "0.1.0"
edition = "2024"

[dependencies]
graph-core = {{ path = "{PROJECT}/graph-core" }}
serde = {{ version = "1", features = ["derive"] }}
tokio = {{ version = "1", features = ["full"] }}

[workspace]
"""


class Editor:
    """The program, open in an editor. A check may edit it; `$0` in the new text is the cursor."""

    def __init__(self, binary, scratch):
        self.program = (HERE / "program.rs").read_text()
        self.results = []
        main = scratch / "src/main.rs"
        main.parent.mkdir(parents=True, exist_ok=True)
        (scratch / "Cargo.toml").write_text(MANIFEST)
        main.write_text(self.program)
        environment = {**os.environ, "CARGO_TARGET_DIR": f"{scratch}/target"}
        subprocess.run(["cargo", "check", "-q"], cwd=scratch, env=environment, check=True)
        self.server = Server(binary, str(scratch), str(main), self.program)

    def ask(self, method, find, inside=0, edit=None, extra=None):
        """The answer at the cursor, or `inside` characters behind `find`; and the text that was asked about."""
        text = self.program
        if edit:
            old, new = edit
            assert old in text, f"not in the program: {old}"
            text = text.replace(old, new, 1)
        if "$0" in text:
            offset = text.index("$0")
            text = text.replace("$0", "", 1)
        else:
            offset = text.index(find) + inside
        self.server.change(text)
        time.sleep(0.3)
        position = {"line": text.count("\n", 0, offset), "character": offset - (text.rfind("\n", 0, offset) + 1)}
        params = {"textDocument": {"uri": self.server.uri}, "position": position, **(extra or {})}
        for _ in range(3):
            answer = self.server.request(method, params)
            if answer is not None:
                break
            time.sleep(0.5)
        return answer, text

    def check(self, name, holds, got=""):
        self.results.append(holds)
        print(f"ok   {name}" if holds else f"FAIL {name}   got {str(got)[:200]}", flush=True)

    def goto(self, name, find, inside, target):
        """Go to definition leads to a line with `target`."""
        answer, text = self.ask("textDocument/definition", find, inside)
        lines = text.split("\n")
        there = [
            lines[(to.get("targetSelectionRange") or to.get("range"))["start"]["line"]]
            for to in (answer if isinstance(answer, list) else [])
            if (to.get("targetUri") or to.get("uri")) == self.server.uri
        ]
        self.check(name, any(target in line for line in there), there or answer)

    def completes(self, name, old, new, wanted):
        answer, _ = self.ask("textDocument/completion", "", edit=(old, new))
        items = answer.get("items", []) if isinstance(answer, dict) else answer or []
        labels = [re.split(r"[(\s:{…!]", item.get("filterText") or item["label"])[0] for item in items]
        self.check(name, all(label in labels for label in wanted), labels[:12])

    def hover(self, name, find, inside, wanted):
        answer, _ = self.ask("textDocument/hover", find, inside)
        text = answer.get("contents", {}).get("value", "") if isinstance(answer, dict) else ""
        self.check(name, all(word in text for word in wanted), text)

    def references(self, name, find, inside, least):
        answer, _ = self.ask(
            "textDocument/references", find, inside, extra={"context": {"includeDeclaration": True}}
        )
        self.check(name, len(answer or []) >= least, answer)

    def renames(self, name, find, inside, to, least):
        answer, _ = self.ask("textDocument/rename", find, inside, extra={"newName": to})
        edits = 0
        if isinstance(answer, dict) and "error" not in answer:
            changed = answer.get("documentChanges", [])
            edits = sum(len(change.get("edits", [])) for change in changed)
            edits = edits or sum(len(change) for change in answer.get("changes", {}).values())
        self.check(name, edits >= least, answer)

    def has_no_diagnostics(self, name):
        self.server.change(self.program)
        time.sleep(2)
        answer = self.server.request("textDocument/diagnostic", {"textDocument": {"uri": self.server.uri}})
        found = self.server.diagnostics.get(self.server.uri, [])
        found += answer.get("items", []) if isinstance(answer, dict) else []
        messages = [diagnostic["message"] for diagnostic in found]
        self.check(name, not messages, messages)


def main():
    from checks import run

    editor = Editor(os.path.abspath(sys.argv[1]), Path(sys.argv[2]).resolve())
    if not editor.server.wait_until_ready(240):
        sys.exit("rust-analyzer did not get ready in 240 s")
    run(editor)
    editor.server.stop()
    print(f"{sum(editor.results)} of {len(editor.results)}")
    sys.exit(0 if all(editor.results) else 1)


main()
