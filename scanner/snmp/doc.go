// Package snmp asks devices by SNMP v1, v2c and v3. [Sweep] finds those that
// answer among many addresses with one socket; a [Session] asks one of them
// for objects and walks its columns. It is the only package that knows gosnmp.
//
// Devices are not trusted: answers are matched by request id, walks stop when
// a device goes in circles, answers more than asked for or goes silent, and a
// device that cannot take a large question is asked smaller ones. What an
// agent says is handed on as it came; who shows it cleans it.
package snmp
