#!/usr/bin/env bash
# Makes sure that programs are there: install.sh NAME…
# On Debian and its derivatives what is missing is installed through apt, as
# root or with sudo; elsewhere the script says what to install and fails.
set -euo pipefail

# program → Debian package
package() {
	case "$1" in
	nmap | snmpd | chromium | npm) echo "$1" ;;
	node) echo nodejs ;;
	snmpget) echo snmp ;;
	postgres) echo postgresql ;;
	pdftotext) echo poppler-utils ;;
	fusioninventory-netdiscovery) echo fusioninventory-agent-task-network ;;
	*) echo "$1" ;;
	esac
}

present() {
	case "$1" in
	postgres) compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null ;;
	snmpd) command -v snmpd >/dev/null || [ -x /usr/sbin/snmpd ] ;;
	chromium) [ -x /usr/bin/chromium ] ;;
	*) command -v "$1" >/dev/null ;;
	esac
}

missing=()
for program in "$@"; do
	present "$program" || missing+=("$(package "$program")")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
	echo "Missing: ${missing[*]}. Install them with your system's package manager, then run make again." >&2
	exit 1
fi
become=()
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "Missing: ${missing[*]}. As root, run: apt-get install ${missing[*]}" >&2
		exit 1
	fi
	become=(sudo)
fi
echo "Installing ${missing[*]} …" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! "${become[@]}" sh -c 'apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"' apt "${missing[@]}" >"$log" 2>&1 </dev/null; then
	tail -n 20 "$log" >&2
	echo "apt could not install ${missing[*]}: see above." >&2
	exit 1
fi
for program in "$@"; do
	present "$program" || {
		echo "$program is still missing after installing $(package "$program")." >&2
		exit 1
	}
done
