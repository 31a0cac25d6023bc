package report

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"

	"parc/inventory"
	"parc/lifecycle/report/paper"
)

// frozenReport is how a report is kept: what it says and under whose name.
type frozenReport struct {
	Version int             `json:"version"`
	Kind    Kind            `json:"kind"`
	Brand   paper.Brand     `json:"brand"`
	Content json.RawMessage `json:"content"`
}

// frozenVersion counts changes of the form in which reports are kept.
const frozenVersion = 1

// maxFrozen bounds what a kept report unpacks to.
const maxFrozen = 256 << 20

// Freeze packs a report for keeping, with the name it bears, and gives the
// digest of its content. Thaw gives the same report back: written again in the
// same format and language it has the same bytes.
func Freeze(c Content, brand paper.Brand) (packed []byte, digest string, err error) {
	content, err := json.Marshal(c)
	if err != nil {
		return nil, "", err
	}
	text, err := json.Marshal(frozenReport{frozenVersion, c.head().Kind, brand, content})
	if err != nil {
		return nil, "", err
	}
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	if _, err := zip.Write(text); err != nil {
		return nil, "", err
	}
	if err := zip.Close(); err != nil {
		return nil, "", err
	}
	return out.Bytes(), digestOf(content), nil
}

// Thaw reads what Freeze has packed. An error means that it was kept by a newer
// version or has been damaged.
func Thaw(packed []byte) (Content, paper.Brand, error) {
	broken := func(err error) (Content, paper.Brand, error) {
		return nil, paper.Brand{}, inventory.Errorf(inventory.Invalid, "the kept report cannot be read: it is damaged, or a newer version of parc kept it (%w)", err)
	}
	zip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return broken(err)
	}
	text, err := io.ReadAll(io.LimitReader(zip, maxFrozen))
	if err != nil {
		return broken(err)
	}
	var f frozenReport
	if err := json.Unmarshal(text, &f); err != nil {
		return broken(err)
	}
	if f.Version != frozenVersion {
		return broken(errors.New("unknown form"))
	}
	c, err := decode(f.Kind, f.Content)
	if err != nil {
		return broken(err)
	}
	return c, f.Brand, nil
}

// decode reads the JSON of a content.
func decode(kind Kind, text []byte) (Content, error) {
	switch kind {
	case KindAudit:
		return as[Audit](text)
	case KindDifference:
		return as[Difference](text)
	case KindRenewals:
		return as[Renewals](text)
	case KindRefresh:
		return as[Refresh](text)
	case KindLicences:
		return as[LicenceReport](text)
	case KindRegister:
		return as[Register](text)
	case KindReturns:
		return as[Returns](text)
	case KindLabels:
		return as[Labels](text)
	case KindService:
		return as[Service](text)
	}
	_, err := ParseKind(string(kind))
	return nil, err
}

func as[T Content](text []byte) (Content, error) {
	var c T
	err := json.Unmarshal(text, &c)
	return c, err
}
