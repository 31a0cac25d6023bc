// Package lab is a small company's network on loopback addresses: SNMP agents
// and TCP services of our own making, for `parc demo` and for tests.
//
// [Start] opens it, [Network.Devices] says what a scan of it should find,
// [Network.Close] ends it and waits for everything it started. Nothing is ever
// bound outside 127.0.0.0/8.
//
// # How it is made
//
// A device is a row: a [spec] in the tables of the files firewall.go,
// switches.go, servers.go, workstations.go and so on. A row says what the
// device is called, what a scan should learn of it, its SNMP agent as a list of
// parts (each part writes one MIB into the agent's tree) and its TCP services.
// Each protocol has a file of its own: ssh.go, http.go, rdp.go, smb.go …
// How the devices are cabled is one table too, in cabling.go: from it come
// LLDP neighbours, the switches' forwarding tables and the firewall's ARP
// table, so that they agree with each other.
//
// To add a device, add a row to the table of its kind and a row to the cabling.
// Tests check that addresses, names and MACs are unique, and that nmap and SNMP
// tell of the device what the row promises.
package lab
