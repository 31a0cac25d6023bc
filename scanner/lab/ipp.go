package lab

import (
	"encoding/binary"
	"net/http"
)

// ipp is a printer's port 631: its web pages, and Get-Printer-Attributes of
// the Internet Printing Protocol (RFC 8011) as far as who the printer is.
func ipp(server, model, info string) service {
	w := titled(server, model)
	answer := page{make: func(c *conversation, r *http.Request, body []byte) page {
		if r.Method != http.MethodPost || len(body) < 8 {
			return page{title: model}
		}
		return page{kind: "application/ipp", body: string(printerAttributes(c.device, body, model, info))}
	}}
	w.pages["/ipp/print"], w.pages["/ipp/printer"] = answer, answer
	return web(631, w)
}

// printerAttributes is the IPP answer to a request.
func printerAttributes(d *device, q []byte, model, info string) []byte {
	const (
		operation, end, printer    = 1, 3, 4
		charset, language, keyword = 0x47, 0x48, 0x44
		textValue, nameValue, uri  = 0x41, 0x42, 0x45
	)
	b := []byte{2, 0, 0, 0}
	b = append(b, q[4:8]...) // the request's id
	add := func(kind byte, name, value string) {
		b = append(b, kind)
		b = append(binary.BigEndian.AppendUint16(b, uint16(len(name))), name...)
		b = append(binary.BigEndian.AppendUint16(b, uint16(len(value))), value...)
	}
	b = append(b, operation)
	add(charset, "attributes-charset", "utf-8")
	add(language, "attributes-natural-language", "fr")
	b = append(b, printer)
	add(textValue, "printer-make-and-model", model)
	add(nameValue, "printer-name", d.sysName())
	add(textValue, "printer-info", info)
	add(textValue, "printer-location", d.snmp.location)
	add(keyword, "printer-state-reasons", "none")
	add(uri, "printer-uri-supported", "ipp://"+d.addr.String()+"/ipp/print")
	return append(b, end)
}
