package inventory

import "slices"

// Class is what kind of thing an asset is.
type Class string

// The classes, exactly these.
const (
	Desktop        Class = "desktop"
	Laptop         Class = "laptop"
	Workstation    Class = "workstation"
	Server         Class = "server"
	Hypervisor     Class = "hypervisor"
	VirtualMachine Class = "virtual-machine"
	BMC            Class = "bmc"
	Mobile         Class = "mobile"
	Monitor        Class = "monitor"
	Switch         Class = "switch"
	Router         Class = "router"
	Gateway        Class = "gateway"
	Firewall       Class = "firewall"
	AccessPoint    Class = "access-point"
	WLC            Class = "wlc"
	WirelessBridge Class = "wireless-bridge"
	LoadBalancer   Class = "load-balancer"
	Modem          Class = "modem"
	Optical        Class = "optical"
	NAS            Class = "nas"
	SAN            Class = "san"
	TapeLibrary    Class = "tape-library"
	Printer        Class = "printer"
	Scanner        Class = "scanner"
	UPS            Class = "ups"
	PDU            Class = "pdu"
	ATS            Class = "ats"
	Sensor         Class = "sensor"
	HVAC           Class = "hvac"
	Camera         Class = "camera"
	NVR            Class = "nvr"
	Phone          Class = "phone"
	VoIPGateway    Class = "voip-gateway"
	Conference     Class = "conference"
	Projector      Class = "projector"
	Video          Class = "video"
	TimeServer     Class = "time-server"
	Console        Class = "console"
	KVM            Class = "kvm"
	Appliance      Class = "appliance"
	Unknown        Class = "unknown"
)

// Classes lists every class in the order in which people read them.
func Classes() []Class {
	return []Class{
		Desktop, Laptop, Workstation, Server, Hypervisor, VirtualMachine, BMC, Mobile, Monitor,
		Switch, Router, Firewall, AccessPoint, WLC, WirelessBridge, LoadBalancer, Modem, Optical, Gateway,
		NAS, SAN, TapeLibrary, Printer, Scanner, UPS, PDU, ATS, Sensor, HVAC,
		Camera, NVR, Phone, VoIPGateway, Conference, Projector, Video, TimeServer, Console, KVM, Appliance, Unknown,
	}
}

// ParseClass gives the class of that name; any other name is Invalid.
func ParseClass(s string) (Class, error) {
	if c := Class(s); slices.Contains(Classes(), c) {
		return c, nil
	}
	return "", Errorf(Invalid, "%q is no asset class", CleanTo(s, 40))
}
