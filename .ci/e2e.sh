#!/usr/bin/env bash
# Starts the real binary with the simulated company and drives its UI with
# Chromium. e2e.sh FILE keeps what the tests printed in FILE.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$1
work=$(mktemp -d)
parc=
finish() {
	[ -z "$parc" ] || { kill "$parc" 2>/dev/null || true; wait "$parc" 2>/dev/null || true; }
	rm -rf "$work"
}
trap finish EXIT

bin/parc demo --listen 127.0.0.1:0 --database "$work/demo.db" --ready-file "$work/ready.json" >"$work/demo.log" 2>&1 &
parc=$!
for _ in $(seq 1 900); do
	[ -s "$work/ready.json" ] && break
	kill -0 "$parc" 2>/dev/null || { cat "$work/demo.log"; echo "parc demo ended before it was ready"; exit 1; }
	sleep 0.1
done
[ -s "$work/ready.json" ] || { cat "$work/demo.log"; echo "parc demo was not ready within 90 s"; exit 1; }
field() { node -p "JSON.parse(require('fs').readFileSync('$work/ready.json')).$1"; }
PARC_URL=$(field url) PARC_LOGIN=$(field login) PARC_PASSWORD=$(field password)
export PARC_URL PARC_LOGIN PARC_PASSWORD
npm --prefix web/app run --silent e2e 2>&1 | tee "$out"
