package lab

import (
	"bufio"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"strings"
)

// page is what a web server answers for one path.
type page struct {
	status  int    // 0 is 200
	kind    string // content type; "" is text/html
	header  []string
	title   string // of the HTML made when body is empty
	raw     bool   // the title is put in as it is, however hostile
	heading string
	body    string
	// make gives the page for one request, for those that depend on it.
	make func(c *conversation, r *http.Request, body []byte) page
}

// website is a web server: its Server header, and pages by path. A path that
// is not there is answered as "*", or with 404.
type website struct {
	server string // "" sends no such header
	pages  map[string]page
	order  []string // of the header's lines, which tells makers apart; nil is usualOrder
	bad    page     // to what is no HTTP; zero is a page that says so
}

// The orders in which servers write their header; "*" stands for a page's own lines.
var (
	usualOrder   = []string{"Date", "Server", "*", "Connection", "Content-Type", "Content-Length"}
	httpAPIOrder = []string{"Content-Type", "Server", "Date", "Connection", "*", "Content-Length"} // Windows
	iloOrder     = []string{"Content-Type", "Connection", "Date", "Server", "*", "Content-Length"}
)

// titled is a web server of one page with a title.
func titled(server, title string) website {
	return website{server: server, pages: map[string]page{"/": {title: title}}}
}

// redirect is a web server that sends everybody to another place.
func redirect(server, location string) website {
	return website{server: server, pages: map[string]page{
		"*": {status: http.StatusMovedPermanently, header: []string{"Location: " + location}},
	}}
}

// locked is a web server that asks for a password.
func locked(server, scheme string) website {
	return website{server: server, pages: map[string]page{
		"*": {status: http.StatusUnauthorized, header: []string{"WWW-Authenticate: " + scheme}, title: "401 Unauthorized"},
	}}
}

// web serves the site on a port.
func web(number uint16, w website) service {
	return service{number, func(c *conversation) { w.serve(c) }}
}

func (w website) serve(c *conversation) {
	reader := bufio.NewReaderSize(io.LimitReader(c, maxMessage), maxLine)
	for {
		// What cannot be a request is refused at its first byte: other
		// protocols' clients do not send a line's end to wait for.
		first, err := reader.Peek(1)
		if err != nil {
			return
		}
		if first[0] < 'A' || first[0] > 'Z' {
			w.refuse(c)
			return
		}
		r, err := http.ReadRequest(reader)
		if err != nil {
			if !errors.Is(err, io.EOF) && !isTimeout(err) {
				w.refuse(c)
			}
			return
		}
		body, err := io.ReadAll(io.LimitReader(r.Body, maxMessage))
		if err != nil {
			return
		}
		last := r.Close || !r.ProtoAtLeast(1, 1)
		w.answer(c, r, w.find(c, r, body), last)
		if last {
			return
		}
	}
}

func (w website) refuse(c *conversation) {
	p := w.bad
	if p.status == 0 {
		p = page{status: http.StatusBadRequest, title: "400 Bad Request"}
	}
	w.answer(c, nil, p, true)
}

func (w website) find(c *conversation, r *http.Request, body []byte) page {
	p, ok := w.pages[r.URL.Path]
	if !ok {
		p, ok = w.pages["*"]
	}
	if !ok {
		p = page{status: http.StatusNotFound, title: "404 Not Found"}
	}
	if p.make != nil {
		p = p.make(c, r, body)
	}
	return p
}

func (w website) answer(c *conversation, r *http.Request, p page, last bool) {
	status, kind, body := p.status, p.kind, p.body
	if status == 0 {
		status = http.StatusOK
	}
	if kind == "" {
		kind = "text/html"
	}
	if body == "" && p.title != "" {
		body = p.html()
	}
	body = c.device.site.expand(c.device, body)
	var b strings.Builder
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", status, http.StatusText(status))
	order := w.order
	if order == nil {
		order = usualOrder
	}
	for _, name := range order {
		switch {
		case name == "Date":
			fmt.Fprintf(&b, "Date: %s\r\n", c.device.site.now().UTC().Format(http.TimeFormat))
		case name == "Server" && w.server != "":
			fmt.Fprintf(&b, "Server: %s\r\n", w.server)
		case name == "Connection" && last:
			b.WriteString("Connection: close\r\n")
		case name == "Content-Type":
			fmt.Fprintf(&b, "Content-Type: %s\r\n", kind)
		case name == "Content-Length":
			fmt.Fprintf(&b, "Content-Length: %d\r\n", len(body))
		case name == "*":
			for _, line := range p.header {
				b.WriteString(c.device.site.expand(c.device, line) + "\r\n")
			}
		}
	}
	b.WriteString("\r\n")
	if r == nil || r.Method != http.MethodHead {
		b.WriteString(body)
	}
	c.say(b.String())
}

// html makes a small page of the title.
func (p page) html() string {
	title, heading := p.title, p.heading
	if heading == "" {
		heading = title
	}
	if !p.raw {
		title, heading = html.EscapeString(title), html.EscapeString(heading)
	}
	return "<!DOCTYPE html>\n<html><head><title>" + title + "</title></head>\n<body><h1>" + heading + "</h1></body></html>\n"
}

// expand puts the device's own address and name into a text of the tables.
func (s *site) expand(d *device, text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	return strings.NewReplacer("{address}", d.addr.String(), "{name}", d.name, "{mac}", d.mac).Replace(text)
}
