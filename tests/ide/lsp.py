"""A client of the language server protocol, as much of it as the checks need."""
import json
import os
import queue
import subprocess
import threading
import time

CONTENT_MODIFIED = -32801
CAPABILITIES = {
    "experimental": {"serverStatusNotification": True},
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True}},
        "hover": {"contentFormat": ["plaintext"]},
        "publishDiagnostics": {},
        "rename": {"prepareSupport": True},
    },
    "workspace": {"configuration": True},
}
OPTIONS = {
    "cargo": {"targetDir": True},
    "checkOnSave": False,
    "procMacro": {"enable": True},
    "cachePriming": {"enable": False},
}


class Server:
    """A rust-analyzer with one open file."""

    def __init__(self, binary, crate, file, text):
        environment = {**os.environ, "CARGO_TARGET_DIR": f"{crate}/target"}
        log = open(f"{crate}/rust-analyzer.log", "w")
        self.process = subprocess.Popen(
            [binary], cwd=crate, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
        )
        self.uri = f"file://{file}"
        self.answers, self.diagnostics, self.status = {}, {}, queue.Queue()
        self.last_id, self.version = 0, 1
        threading.Thread(target=self._read, daemon=True).start()
        root = f"file://{crate}"
        self.request("initialize", {
            "processId": os.getpid(), "rootUri": root, "capabilities": CAPABILITIES, "initializationOptions": OPTIONS,
        })
        self._send({"method": "initialized", "params": {}})
        document = {"uri": self.uri, "languageId": "rust", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})

    def wait_until_ready(self, seconds):
        """Waits until the crate is analyzed; false if it takes longer."""
        end = time.time() + seconds
        while time.time() < end:
            try:
                status = self.status.get(timeout=5)
            except queue.Empty:
                continue
            if status.get("quiescent") and status.get("health") == "ok":
                return True
        return False

    def change(self, text):
        self.version += 1
        document = {"uri": self.uri, "version": self.version}
        params = {"textDocument": document, "contentChanges": [{"text": text}]}
        self._send({"method": "textDocument/didChange", "params": params})

    def request(self, method, params, seconds=60):
        """The result; None if the server gave none in time, or the file had changed meanwhile."""
        self.last_id += 1
        number, end = self.last_id, time.time() + seconds
        self._send({"id": number, "method": method, "params": params})
        while number not in self.answers:
            if time.time() > end:
                return None
            time.sleep(0.02)
        answer = self.answers.pop(number)
        if "error" in answer:
            error = answer["error"]
            return None if error.get("code") == CONTENT_MODIFIED else {"error": error["message"]}
        return answer["result"]

    def stop(self):
        self.request("shutdown", None)
        self.process.kill()

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _read(self):
        stream = self.process.stdout
        while True:
            length = 0
            while line := stream.readline():
                if not line.strip():
                    break
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                return
            self._receive(json.loads(stream.read(length)))

    def _receive(self, message):
        method = message.get("method")
        if method and "id" in message:
            items = message["params"]["items"] if method == "workspace/configuration" else None
            self._send({"id": message["id"], "result": items and [None] * len(items)})
        elif "id" in message:
            self.answers[message["id"]] = message
        elif method == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif method == "experimental/serverStatus":
            self.status.put(message["params"])
