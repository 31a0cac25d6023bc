package nmap

import (
	"bufio"
	"io"
	"strconv"
)

// sanitiser passes XML on with what no XML may hold replaced by a question
// mark: control characters, whether bare or written as "&#x0;", and bytes
// beyond ASCII, which nmap always writes as references. One device's odd
// banner must not end the reading of all the others.
type sanitiser struct {
	in      *bufio.Reader
	pending []byte
}

func newSanitiser(r io.Reader) *sanitiser { return &sanitiser{in: bufio.NewReaderSize(r, 32<<10)} }

const maxReference = 10 // "&#x10ffff;"

// Read gives the sanitised bytes.
func (s *sanitiser) Read(b []byte) (int, error) {
	n := copy(b, s.pending)
	s.pending = s.pending[n:]
	for n < len(b) {
		if n > 0 && s.in.Buffered() == 0 {
			return n, nil // what is there now: nmap may not write again for minutes
		}
		c, err := s.in.ReadByte()
		if err != nil {
			if n > 0 {
				return n, nil // the error comes again
			}
			return 0, err
		}
		switch {
		case c == '&':
			whole := s.reference()
			took := copy(b[n:], whole)
			n += took
			s.pending = append(s.pending[:0], whole[took:]...)
			continue
		case c < 0x20 && c != '\t' && c != '\n' && c != '\r', c >= 0x7f:
			c = '?'
		}
		b[n] = c
		n++
	}
	return n, nil
}

// reference gives the reference whose ampersand was just read, or a question
// mark for one to a character that XML forbids.
func (s *sanitiser) reference() []byte {
	ahead, _ := s.in.Peek(maxReference - 1) // a short look at the end is fine
	if len(ahead) < 2 || ahead[0] != '#' {
		return []byte{'&'}
	}
	for i, c := range ahead {
		if c != ';' {
			continue
		}
		digits, base := string(ahead[1:i]), 10
		if len(digits) > 0 && (digits[0] == 'x' || digits[0] == 'X') {
			digits, base = digits[1:], 16
		}
		code, err := strconv.ParseUint(digits, base, 32)
		whole := append([]byte{'&'}, ahead[:i+1]...)
		_, _ = s.in.Discard(i + 1) // it was peeked at: it is there
		if err != nil || !allowed(rune(code)) {
			return []byte{'?'}
		}
		return whole
	}
	return []byte{'?'}
}

// allowed tells that XML 1.0 may hold the character.
func allowed(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd || r >= 0x10000 && r <= 0x10ffff
}
