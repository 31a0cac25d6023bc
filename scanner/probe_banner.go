package scanner

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parc/inventory"
	"parc/scanner/nmap"
)

// greeters are services that speak first.
var greeters = []int{21, 22, 23, 25, 110, 143, 3306, 5900}

const bannerTime = 3 * time.Second

const sshGreeting = "SSH-2.0-"

// askBanners listens to what services say first, where nmap has not asked for
// their versions.
func askBanners(ctx context.Context, a *asking) {
	for _, s := range a.named(greeters, "ftp", "ssh", "telnet", "smtp", "pop3", "imap", "mysql", "vnc", unknownService) {
		if !s.Guessed || s.Banner != "" {
			continue
		}
		text := a.banner(ctx, s)
		if text == "" {
			continue
		}
		a.learn(func(e *evidence) {
			s.Banner = text
			if version, ok := strings.CutPrefix(text, sshGreeting); ok {
				s.Product = version
			}
			where := fmt.Sprintf("%d/tcp", s.Port)
			e.add(onBanner, text, where, where+":banner")
		})
	}
}

// banner gives the first words of a service, without what telnet negotiates.
func (a *asking) banner(ctx context.Context, s *nmap.Service) string {
	conn, err := a.net.dial(ctx, "tcp", a.at(s.Port), bannerTime)
	if err != nil {
		return ""
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	if err := conn.SetReadDeadline(time.Now().Add(bannerTime)); err != nil {
		return ""
	}
	buffer := make([]byte, 2048)
	n := 0
	for n < len(buffer) {
		got, err := conn.Read(buffer[n:])
		if n += got; err != nil || strings.ContainsRune(string(buffer[:n]), '\n') && buffer[0] != telnetCommand {
			break
		}
	}
	return inventory.CleanTo(withoutTelnet(buffer[:n]), 500)
}

const telnetCommand = 0xff

// withoutTelnet takes telnet's commands (RFC 854) out of a text.
func withoutTelnet(b []byte) string {
	var out strings.Builder
	for i := 0; i < len(b); i++ {
		if b[i] != telnetCommand {
			out.WriteByte(b[i])
			continue
		}
		i += 2 // the command and its option
	}
	return out.String()
}
