// Package nmap runs nmap and adapts what it says: hosts come out one by one as
// nmap finishes them, parsed from its XML as it is written. It is the only
// package that knows the nmap library. nmap is run without a shell, with typed
// targets and a fixed list of options: nothing a client or a device says
// becomes an argument.
package nmap
