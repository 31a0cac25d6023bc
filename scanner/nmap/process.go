package nmap

import (
	"bytes"
	"os"
	"strings"
)

// environment gives nmap ours, less what would change what it does.
func environment() []string {
	var env []string
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "NMAP") || strings.HasPrefix(name, "LC_") || name == "LANG" || name == "LANGUAGE" {
			continue
		}
		env = append(env, pair)
	}
	return append(env, "LC_ALL=C")
}

// limitedBuffer keeps the first bytes and forgets the rest.
type limitedBuffer struct {
	buffer *bytes.Buffer
	left   int
}

// Write never fails: a process that says too much is not stopped by it.
func (l *limitedBuffer) Write(b []byte) (int, error) {
	keep := min(len(b), l.left)
	l.buffer.Write(b[:keep])
	l.left -= keep
	return len(b), nil
}
