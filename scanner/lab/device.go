package lab

import (
	"net/netip"

	"parc/inventory"
)

// Device is one thing on the simulated network, as the demo and tests see it.
type Device struct {
	Address   netip.Addr
	Name      string // what the company calls it; the key of Business
	What      string // for people: "core switch, a stack of two"
	MAC       string // of its first interface
	Community string // "" without an SNMP agent
	Expect    Expect
}

// Expect is what a scan should learn of a device. An empty field means that
// nothing on the network tells it.
type Expect struct {
	Classes   []inventory.Class // the first is best; the others are not wrong
	Vendor    string
	Model     string
	Serial    string
	Version   string // firmware or system version as the device reports it
	Hostname  string
	OSName    string // without the maker: "Windows 10", "Debian"
	OSVersion string
	OSBuild   string
	UUID      string
}

// spec is a row of the tables: one device. The tables are the data of this
// package; see the package documentation for how to add to them.
type spec struct {
	host byte   // last octet of its address
	name string // unique
	what string
	mac  string
	want Expect
	lldp byte      // capabilities it announces by LLDP; 0: it does not speak it
	cdp  string    // platform it announces by Cisco's CDP; "": it does not
	snmp *snmpSpec // nil: no SNMP agent
	tcp  []service
	udp  []responder
}

// snmpSpec is the SNMP agent of a device.
type snmpSpec struct {
	community string // "" is public
	descr     string
	object    string // sysObjectID
	name      string // sysName; "" is the device's name
	contact   string
	location  string
	upDays    int
	services  int64 // sysServices; 0 is 72, an end host
	parts     []part
}

// part writes one MIB, or a part of one, into an agent's tree.
type part interface {
	write(t *tree, d *device)
}

// values is a part of single objects, by dotted name.
type values map[string]value

func (v values) write(t *tree, _ *device) {
	for name, one := range v {
		t.put(name, one)
	}
}

// device is a spec that has its address in a running network.
type device struct {
	spec
	addr netip.Addr
	site *site
}

func (d *device) community() string {
	switch {
	case d.snmp == nil:
		return ""
	case d.snmp.community == "":
		return "public"
	}
	return d.snmp.community
}

// sysName gives the name that the device's own agent tells.
func (d *device) sysName() string {
	if d.snmp != nil && d.snmp.name != "" {
		return d.snmp.name
	}
	return d.name
}

// agent builds the SNMP agent.
func (d *device) agent() *agent {
	a := &agent{community: d.community()}
	system{}.write(&a.tree, d)
	for _, p := range d.snmp.parts {
		p.write(&a.tree, d)
	}
	a.tree.seal()
	return a
}
