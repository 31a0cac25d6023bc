package lab

import (
	"bytes"
	"fmt"
)

// jetdirect is a raw printing port. It takes jobs and drops them; to PJL it
// answers who it is (PJL Technical Reference, INFO ID).
func jetdirect(number uint16, model string) service {
	return service{number, func(c *conversation) {
		buffer := make([]byte, maxLine)
		for total := 0; total < maxMessage; {
			n, err := c.Read(buffer)
			if err != nil {
				return
			}
			total += n
			if bytes.Contains(buffer[:n], []byte("@PJL INFO ID")) {
				c.say(fmt.Sprintf("@PJL INFO ID\r\n%q\r\n\f", model))
			}
			if bytes.Contains(buffer[:n], []byte("@PJL INFO STATUS")) {
				c.say("@PJL INFO STATUS\r\nCODE=10001\r\nDISPLAY=\"Pret\"\r\nONLINE=TRUE\r\n\f")
			}
		}
	}}
}
