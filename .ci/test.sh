#!/usr/bin/env bash
# Runs every test and ends in one line that counts them. A test that skips is a
# failure: what cannot run must say so.
set -uo pipefail
cd "$(dirname "$0")/.."
results=.cache/results
rm -rf "$results" && mkdir -p "$results"
failed_steps=()

step() { # name, command…
	local name=$1 start=$SECONDS
	shift
	echo "== $name"
	"$@" || failed_steps+=("$name")
	echo "== $name: $((SECONDS - start)) s"
}

# shellcheck disable=SC2086 # GO_TEST_FLAGS is a list
step "Go" .cache/bin/gotestsum --format pkgname --jsonfile "$results/go.json" -- ${GO_TEST_FLAGS:-} ./...
step "UI components" npm --prefix web/app test --silent -- --reporter=default --reporter=json --outputFile="$PWD/$results/ui.json"
step "browser" .ci/e2e.sh "$results/e2e.txt"

count() { grep -c "$@" || true; }
passed=$(grep '"Test":' "$results/go.json" | count '"Action":"pass"')
failed=$(grep '"Test":' "$results/go.json" | count '"Action":"fail"')
skipped=$(grep '"Test":' "$results/go.json" | count '"Action":"skip"')
ui() { node -p "JSON.parse(require('fs').readFileSync('$results/ui.json')).$1" 2>/dev/null || echo 0; }
e2e() { sed -nE "s/^([0-9]+) passed, ([0-9]+) failed.*/\\$1/p" "$results/e2e.txt" 2>/dev/null | tail -n 1 | grep . || echo 0; }
ui_passed=$(ui numPassedTests) ui_failed=$(ui numFailedTests) ui_skipped=$(ui numPendingTests)
e2e_passed=$(e2e 1) e2e_failed=$(e2e 2)

for kind in "Go:$passed" "UI:$ui_passed" "browser:$e2e_passed"; do
	[ "${kind#*:}" -gt 0 ] || failed_steps+=("${kind%%:*} ran no test")
done
[ "$((skipped + ui_skipped))" -eq 0 ] || failed_steps+=("skipped tests")
[ ${#failed_steps[@]} -eq 0 ] || {
	(IFS=,; echo "Failed: ${failed_steps[*]}")
}
echo "Go $passed, UI components $ui_passed, browser $e2e_passed, in $SECONDS s"
echo "$((passed + ui_passed + e2e_passed)) passed, $((failed + ui_failed + e2e_failed)) failed, $((skipped + ui_skipped)) skipped"
[ ${#failed_steps[@]} -eq 0 ]
