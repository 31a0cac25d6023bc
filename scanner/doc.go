// Package scanner turns targets into observations: it discovers what answers,
// asks it, and says what it is, at a pace that a small office's network
// carries.
//
//	targets ──► guard ──► discover ──► probe ──► identify ──► Observations
//	                      nmap         names,    signals,
//	                      SNMP sweep   TLS, HTTP profiles
//
// [Run] is the whole of it. nmap and the SNMP sweep run side by side; what
// each says of a device is one [inventory.Observation], emitted as soon as it
// is known, so that a scan that is cut short keeps what it has seen. Nothing
// outside the allowed networks is ever sent a packet: [Run] refuses such
// targets before it starts, and every connection of this package's own goes
// through the same guard again.
//
// The files: targets and guard (what to scan, and what never), run and its
// phases (pipeline), probe_* (what is asked without a password), identify and
// data/ (what answers tell).
package scanner
