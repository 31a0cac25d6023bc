package lab

import (
	"net"
	"time"
)

// Limits of a conversation with a client.
const (
	idleTime   = 8 * time.Second        // without a first word from the client
	wordTime   = 700 * time.Millisecond // between its words: who stops halfway is hung up on, so that a scan's probes end soon
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
	heard  bool // the client has said something
}

// Read waits long for the client's first word and shortly for the next ones,
// within the total time.
func (c *conversation) Read(b []byte) (int, error) {
	idle := idleTime
	if c.heard {
		idle = wordTime
	}
	limit := time.Now().Add(idle)
	if limit.After(c.ends) {
		limit = c.ends
	}
	if err := c.SetReadDeadline(limit); err != nil {
		return 0, err
	}
	n, err := c.Conn.Read(b)
	c.heard = c.heard || n > 0
	return n, err
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

// silent is a port that takes connections, says nothing, and hangs up at the
// first words: they are not the ones it waits for.
func silent(number uint16) service { return hello(number, "") }

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
