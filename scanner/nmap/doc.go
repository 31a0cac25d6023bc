// Package nmap runs nmap and adapts what it says: [Check] finds it, [Run]
// streams the hosts of any number of addresses as nmap finishes them.
//
// The bindings of github.com/Ullaakut/nmap write the arguments and give the
// types of the XML; nothing else in parc imports them. The process is run
// here, because theirs keeps the whole output in memory until the end and
// leaves nmap's children alive when cancelled: we decode one host at a time
// while nmap writes, and kill the whole process group.
//
// Targets reach nmap as typed prefixes on its standard input (-iL -): never as
// arguments, never through a shell. Ports are parsed to numbers first. What
// nmap writes is not trusted, as most of it comes from the devices: sizes are
// bounded, every string is cleaned, and a host that cannot be read is left out
// with a warning.
package nmap
