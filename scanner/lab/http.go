package lab

import (
	"bufio"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"slices"
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

// website is a web server: its Server header, and pages by path. "/" is also
// the answer's path for HEAD and for "*"; other paths are 404 unless "*" is there.
type website struct {
	server string // "" sends no such header
	pages  map[string]page
	header []string // sent with every page
}

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
		r, err := http.ReadRequest(reader)
		if err != nil {
			if !errors.Is(err, io.EOF) && !isTimeout(err) {
				w.answer(c, nil, page{status: http.StatusBadRequest, title: "400 Bad Request"}, true)
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
	var b strings.Builder
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", status, http.StatusText(status))
	fmt.Fprintf(&b, "Date: %s\r\n", c.device.site.now().UTC().Format(http.TimeFormat))
	if w.server != "" {
		fmt.Fprintf(&b, "Server: %s\r\n", w.server)
	}
	for _, line := range slices.Concat(w.header, p.header) {
		b.WriteString(c.device.site.expand(c.device, line) + "\r\n")
	}
	body = c.device.site.expand(c.device, body)
	fmt.Fprintf(&b, "Content-Type: %s\r\nContent-Length: %d\r\n", kind, len(body))
	if last {
		b.WriteString("Connection: close\r\n")
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
