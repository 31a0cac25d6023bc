package lab

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strings"
)

// The protocols in which a server greets first and talks in lines.

// isTimeout tells that the client was silent too long.
func isTimeout(err error) bool { return errors.Is(err, os.ErrDeadlineExceeded) }

// ssh is an SSH server's greeting. Key exchange is not spoken: what a scan
// reads is the identification string (RFC 4253, section 4.2).
func ssh(number uint16, software string) service {
	return greeting(number, "SSH-2.0-"+software+"\r\n")
}

// The options with which Telnet servers open (RFC 854): the order tells makers apart.
const (
	telnetCisco   = "\xff\xfb\x01\xff\xfb\x03\xff\xfd\x18\xff\xfd\x1f" // WILL echo, WILL go ahead, DO terminal type, DO window size
	telnetBusyBox = "\xff\xfd\x01\xff\xfd\x1f\xff\xfb\x01\xff\xfb\x03"
)

// telnet is a Telnet server: it opens with its options, then prompts. Whatever
// is typed is not answered.
func telnet(number uint16, options, prompt string) service {
	return greeting(number, options+prompt)
}

// lines is a server that greets, then answers each line by its first word.
// The answer under "" is for words it does not know; an answer under "quit" or
// "exit" ends the conversation.
func lines(number uint16, banner string, answers map[string]string) service {
	return service{number, func(c *conversation) {
		c.say(c.device.site.expand(c.device, banner))
		input := bufio.NewScanner(io.LimitReader(c, maxMessage))
		input.Buffer(make([]byte, 0, 512), maxLine)
		for input.Scan() {
			word, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(input.Text())), " ")
			answer, ok := answers[word]
			if !ok {
				answer = answers[""]
			}
			c.say(c.device.site.expand(c.device, answer))
			if word == "quit" || word == "exit" {
				return
			}
		}
	}}
}

// ftp is an FTP server; anonymous says whether it lets anybody in.
func ftp(number uint16, banner string, anonymous bool) service {
	answers := map[string]string{
		"":     "500 Unknown command.\r\n",
		"user": "331 Password required.\r\n",
		"pass": "530 Login incorrect.\r\n",
		"syst": "215 UNIX Type: L8\r\n",
		"help": "214 Help OK.\r\n",
		"quit": "221 Goodbye.\r\n",
	}
	if anonymous {
		answers["user"] = "331 Anonymous login ok, send your e-mail address as password.\r\n"
		answers["pass"] = "230 Login successful.\r\n"
	}
	return lines(number, "220 "+banner+"\r\n", answers)
}

// smtp is a mail server that takes no mail.
func smtp(number uint16, banner string) service {
	return lines(number, "220 "+banner+"\r\n", map[string]string{
		"":     "502 5.5.2 Command not recognised\r\n",
		"ehlo": "250-{name}\r\n250-SIZE 10240000\r\n250 8BITMIME\r\n",
		"helo": "250 {name}\r\n",
		"help": "502 5.5.1 Command not implemented\r\n",
		"quit": "221 2.0.0 Bye\r\n",
	})
}
