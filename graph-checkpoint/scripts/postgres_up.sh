#!/usr/bin/env bash
# Finds a PostgreSQL server for the tests, and prints its connection string: that of DATABASE_URL if it is set, whose role
# has to be allowed to create databases; else that of a throw-away server from installed binaries, which listens only on a
# socket in a new folder under /tmp. Where nothing is installed, and this is root on Debian, `postgresql` is installed.
#
#   graph-checkpoint/scripts/postgres_up.sh <folder>          writes the server's folder to <folder>/postgres.folder
#   graph-checkpoint/scripts/postgres_up.sh <folder> stop     stops the server, and deletes it
#
# Then:  GRAPH_TEST_DATABASE_URL=<what it printed> cargo test -p graph-checkpoint
set -euo pipefail
mkdir -p "$1"
note=$1/postgres.folder

# A server refuses to run as root.
as_server() {
  if [ "$(id -u)" != 0 ]; then "$@"
  else
    local user=postgres
    id -u "$user" > /dev/null 2>&1 || user=nobody
    (cd / && setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups "$@")
  fi
}

binaries() { printf '%s\n' /usr/lib/postgresql/*/bin "$(dirname "$(command -v initdb || echo /none/)")" \
  | sort -V | while read -r bin; do [ -x "$bin/initdb" ] && [ -x "$bin/pg_ctl" ] && echo "$bin"; done | tail -1; }

if [ "${2:-}" = stop ]; then
  [ -f "$note" ] || exit 0
  folder=$(cat "$note")
  as_server "$(binaries)/pg_ctl" stop -s -m immediate -D "$folder/data" || true
  rm -rf "$folder" "$note"
  exit 0
fi

if [ -n "${DATABASE_URL:-}" ]; then
  echo "$DATABASE_URL"
  exit 0
fi
if [ -z "$(binaries)" ]; then
  [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null || { echo "PostgreSQL is not installed" >&2; exit 1; }
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql; } >&2
fi
bin=$(binaries)
[ -n "$bin" ] || { echo "there is no initdb" >&2; exit 1; }

# Short: a socket's path has at most 107 bytes.
folder=$(mktemp -d /tmp/graph-postgres.XXXXXX)
echo "$folder" > "$note"
if [ "$(id -u)" = 0 ]; then
  user=postgres
  id -u "$user" > /dev/null 2>&1 || user=nobody
  chown "$user" "$folder"
fi
as_server "$bin/initdb" --auth=trust --username=postgres --encoding=UTF8 --locale=C -D "$folder/data" > "$folder/initdb.log" 2>&1 \
  || { cat "$folder/initdb.log" >&2; exit 1; }
as_server "$bin/pg_ctl" start -s -w -t 60 -l "$folder/data/log" -D "$folder/data" \
  -o "-c fsync=off -c listen_addresses= -c unix_socket_directories=$folder -c port=5432" >&2 \
  || { cat "$folder/data/log" >&2; exit 1; }
echo "host=$folder port=5432 user=postgres dbname=postgres"
