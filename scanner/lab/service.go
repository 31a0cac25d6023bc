package lab

import (
	"net"
	"time"
)

// Limits of a conversation with a client.
const (
	idleTime   = 8 * time.Second // without a word from the client
	totalTime  = 60 * time.Second
	maxLine    = 4096
	maxMessage = 64 << 10
)

// service is something that listens on a TCP port of a device.
type service struct {
	port  uint16
	serve func(c *conversation)
}

// conversation is one connection to one service. The connection is closed when
// the service returns.
type conversation struct {
	net.Conn
	device *device
	ends   time.Time
}

// Read reads with the idle time as its limit, within the total time.
func (c *conversation) Read(b []byte) (int, error) {
	limit := time.Now().Add(idleTime)
	if limit.After(c.ends) {
		limit = c.ends
	}
	if err := c.SetReadDeadline(limit); err != nil {
		return 0, err
	}
	return c.Conn.Read(b)
}

// say writes text; a client that is gone is noticed by the next read.
func (c *conversation) say(s string) { c.send([]byte(s)) }

func (c *conversation) send(b []byte) {
	if err := c.SetWriteDeadline(time.Now().Add(idleTime)); err != nil {
		return
	}
	_, _ = c.Write(b) // see say
}

// hold reads and forgets what the client says until it goes away or has been
// silent too long, as a service does that waits for words it would understand.
func (c *conversation) hold() {
	buffer := make([]byte, 512)
	for total := 0; total < maxMessage; {
		n, err := c.Read(buffer)
		if err != nil {
			return
		}
		total += n
	}
}

// silent is a port that takes connections and says nothing.
func silent(number uint16) service {
	return service{number, (*conversation).hold}
}

// greeting is a port that says one thing first and then waits.
func greeting(number uint16, banner string) service {
	return service{number, func(c *conversation) {
		c.say(banner)
		c.hold()
	}}
}

// hello answers whatever the client says first with one thing, and closes.
func hello(number uint16, answer string) service {
	return service{number, func(c *conversation) {
		buffer := make([]byte, 512)
		if n, err := c.Read(buffer); err == nil && n > 0 {
			c.say(answer)
		}
	}}
}

// responder is something that answers datagrams on a UDP port.
type responder struct {
	port   uint16
	answer func(d *device, message []byte) []byte // nil: no answer
}
