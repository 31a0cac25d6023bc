package nmap

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	lib "github.com/Ullaakut/nmap/v3"
)

// Progress is how far nmap says its current task is.
type Progress struct {
	Task    string // "SYN Stealth Scan", "Service scan" …
	Percent float64
}

// maxHostXML bounds the XML of one host, in bytes.
const maxHostXML = 8 << 20

// errHostTooLong tells that one host's description does not end.
var errHostTooLong = errors.New("a host's description is longer than any can be")

// readStream reads nmap's XML as it comes and hands on each host when its
// element ends. A stream that stops short gives the hosts before the end and no
// error: whoever ran nmap knows why it stopped.
func readStream(r io.Reader, host func(Host) error, progress func(Progress)) error {
	bounded := &meter{r: r}
	decoder := xml.NewDecoder(bounded)
	decoder.Strict = false
	for {
		bounded.left = maxHostXML
		token, err := decoder.Token()
		if err != nil {
			return streamEnd(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "host":
			var h lib.Host
			if err := decoder.DecodeElement(&h, &start); err != nil {
				return streamEnd(err)
			}
			if adapted, ok := adapt(&h); ok {
				if err := host(adapted); err != nil {
					return err
				}
			}
		case "taskprogress":
			var t lib.TaskProgress
			if err := decoder.DecodeElement(&t, &start); err != nil {
				return streamEnd(err)
			}
			progress(Progress{Task: t.Task, Percent: float64(t.Percent)})
		}
	}
}

func streamEnd(err error) error {
	var syntax *xml.SyntaxError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.ErrClosedPipe):
		return nil
	case errors.As(err, &syntax) && syntax.Msg == "unexpected EOF":
		return nil
	}
	return fmt.Errorf("read what nmap says: %w", err)
}

// meter stops a stream whose current element does not end.
type meter struct {
	r    io.Reader
	left int
}

func (m *meter) Read(p []byte) (int, error) {
	if m.left <= 0 {
		return 0, errHostTooLong
	}
	n, err := m.r.Read(p[:min(len(p), m.left)])
	m.left -= n
	return n, err
}
