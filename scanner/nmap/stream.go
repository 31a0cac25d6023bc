package nmap

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	bindings "github.com/Ullaakut/nmap/v3"
)

// maxElement is the most, in bytes, that nmap may write of one host.
const maxElement = 16 << 20

// sink takes what is read from nmap's XML, in its order. Each is called by the
// one who reads.
type sink struct {
	host     func(Host) error // its error ends the reading
	hint     func()           // a host is up; its result comes later
	task     func(name string, percent float64)
	finished func(errorMessage string)
	odd      func(what string) // something could not be read and was left out
}

// window remembers what was read since the element began, so that an element
// can be decoded once it is whole.
type window struct {
	r      io.Reader
	kept   []byte
	origin int64 // offset of kept[0]
}

var errTooLarge = errors.New("nmap wrote more about one host than parc reads")

func (w *window) Read(b []byte) (int, error) {
	if len(w.kept) > maxElement {
		return 0, errTooLarge
	}
	n, err := w.r.Read(b)
	w.kept = append(w.kept, b[:n]...)
	return n, err
}

// forget drops what stands before the offset.
func (w *window) forget(offset int64) {
	w.kept = append(w.kept[:0], w.kept[offset-w.origin:]...)
	w.origin = offset
}

func (w *window) since(from, to int64) []byte { return w.kept[from-w.origin : to-w.origin] }

// read reads nmap's XML as nmap writes it, until its end. A document that
// breaks off is an error after all that came before it was told.
func read(r io.Reader, s sink) error {
	w := &window{r: newSanitiser(r)}
	d := xml.NewDecoder(w)
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // the sanitiser leaves ASCII only
	root := false
	for {
		start := d.InputOffset()
		w.forget(start)
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && root:
			return nil
		case errors.Is(err, io.EOF):
			return io.ErrUnexpectedEOF
		case err != nil:
			return broken(err)
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if !root {
			if element.Name.Local != "nmaprun" {
				return fmt.Errorf("read nmap's output: it starts with <%.40s>", element.Name.Local)
			}
			root = true
			continue
		}
		if err := d.Skip(); err != nil {
			return broken(err)
		}
		if err := s.element(element.Name.Local, w.since(start, d.InputOffset())); err != nil {
			return err
		}
	}
}

func broken(err error) error {
	if syntax := (*xml.SyntaxError)(nil); errors.As(err, &syntax) && syntax.Msg == "unexpected EOF" {
		return io.ErrUnexpectedEOF
	}
	return fmt.Errorf("read nmap's output: %w", err)
}

// element takes one whole element that stands right under the root.
func (s sink) element(name string, octets []byte) error {
	switch name {
	case "host":
		var w bindings.Host
		if err := xml.Unmarshal(octets, &w); err != nil {
			s.odd("a host: " + err.Error())
			return nil
		}
		if h, ok := adapt(&w); ok {
			return s.host(h)
		}
	case "hosthint":
		s.hint()
	case "taskprogress":
		var w struct {
			Task    string  `xml:"task,attr"`
			Percent float64 `xml:"percent,attr"`
		}
		if err := xml.Unmarshal(octets, &w); err != nil {
			s.odd("progress: " + err.Error())
			return nil
		}
		if !(w.Percent >= 0) { // or no number at all
			w.Percent = 0
		}
		s.task(text(w.Task), min(w.Percent, 100))
	case "runstats":
		var w bindings.Stats
		if err := xml.Unmarshal(octets, &w); err != nil {
			s.odd("the end: " + err.Error())
			return nil
		}
		s.finished(text(w.Finished.ErrorMsg))
	}
	return nil
}
