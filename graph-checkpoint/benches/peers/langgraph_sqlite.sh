#!/usr/bin/env bash
# Runs the loads of the bench `saved` in Python LangGraph with its SQLite saver and here, one after the other, and prints
# how many times faster a super-step is here. Both on one file in WAL mode, durability `sync`; `full` waits for the disk at
# each step, `normal` does not.
#
#   bash graph-checkpoint/benches/peers/langgraph_sqlite.sh ["sqlite full: count" ..]
#
# The wheels are installed into target/peer-venv at first; PEER_VENV names another place.
set -euo pipefail
cd "$(dirname "$0")/../../.."
venv=${PEER_VENV:-$PWD/target/peer-venv}
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q langgraph==1.2.22 langgraph-checkpoint-sqlite==3.1.2
fi
ours=$(cargo bench -q -p graph-checkpoint --bench saved -- "sqlite full: " "sqlite normal: ")
printf '%-24s %14s %12s %8s  %s\n' case langgraph ours ratio goal
"$venv/bin/python" graph-checkpoint/benches/peers/langgraph_sqlite.py "$@" | while IFS=$'\t' read -r case theirs size; do
  mine=$(grep -F "$case " <<< "$ours" | awk '{ for (i = 1; i <= NF; i++) if ($i == "us") { print $(i - 1); exit } }')
  goal=$([[ $case == *full* ]] && echo 5 || echo 40)
  awk -v case="$case" -v theirs="$theirs" -v mine="$mine" -v goal="$goal" -v size="$size" 'BEGIN {
    ratio = theirs / mine
    printf "%-24s %11.1f us %9.2f us %7.1fx  at least %dx%s  (its file: %d KiB)\n",
      case, theirs, mine, ratio, goal, ratio < goal ? "  MISSED" : "", size }'
done
