// Package agent reads what inventory agents send (GLPI Agent's JSON, the XML of
// FusionInventory, OCS and older GLPI agents) and turns it into observations.
// It is pure: bytes in, a Message out; who sent it and what is answered is the
// HTTP side's affair.
//
// Everything an agent sends is hostile until it has been read: a body is bounded
// before and after unpacking, nesting and counts are bounded, a DOCTYPE is
// refused, text must be UTF-8 (or say that it is Latin-1 or Windows-1252), and
// every string passes inventory.Clean. A message that breaks a rule is refused
// whole, so that nothing of it is stored.
//
//	body.go      unpacks a body within bounds
//	xml.go       XML → sections          json.go   JSON → sections
//	message.go   sections → Message      machine.go, part.go, title.go,
//	                                     network.go, monitor.go, seen.go: one
//	                                     kind of section each
package agent
