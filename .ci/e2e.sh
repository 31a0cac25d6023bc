#!/usr/bin/env bash
# Starts the real binary twice, with the simulated company and as at its first
# start, and drives its UI with Chromium. e2e.sh FILE keeps what was printed.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$1
work=$(mktemp -d)
pids=()
finish() {
	for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
	wait 2>/dev/null || true
	rm -rf "$work"
}
trap finish EXIT

bin/parc serve --listen 127.0.0.1:0 --database "$work/fresh.db" >"$work/fresh.log" 2>&1 &
pids+=($!)
bin/parc demo --listen 127.0.0.1:0 --database "$work/demo.db" --ready-file "$work/ready.json" >"$work/demo.log" 2>&1 &
pids+=($!)
await() { # what, seconds, log, test…
	local what=$1 seconds=$2 log=$3
	shift 3
	for _ in $(seq $((seconds * 10))); do
		"$@" && return
		sleep 0.1
	done
	cat "$log"
	echo "$what was not ready within $seconds s"
	exit 1
}
await "parc serve" 30 "$work/fresh.log" grep -q 'one-time password' "$work/fresh.log"
await "parc demo" 180 "$work/demo.log" test -s "$work/ready.json"
field() { node -p "JSON.parse(require('fs').readFileSync('$work/ready.json')).$1"; }
PARC_URL=$(field url) PARC_LOGIN=$(field login) PARC_PASSWORD=$(field password)
PARC_FRESH_URL=$(grep -o 'http://127[^ ]*' "$work/fresh.log" | head -n 1)
PARC_FRESH_PASSWORD=$(sed -n 's/.*one-time password //p' "$work/fresh.log")
export PARC_URL PARC_LOGIN PARC_PASSWORD PARC_FRESH_URL PARC_FRESH_PASSWORD
npm --prefix web/app run --silent e2e 2>&1 | tee "$out"
