package agent

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"

	"parc/inventory"
)

// The bounds of a message. Real inventories pack at most 13:1; the largest known
// unpacked (a stack of switches) has 20 MB.
const (
	MaxBody     = 16 << 20 // bytes as sent
	MaxUnpacked = 64 << 20 // bytes once unpacked
	maxRatio    = 200      // unpacked to sent, beyond the first MiB
	freeSize    = 1 << 20
)

// Packing is how a body was packed.
type Packing string

// The packings. What a request calls its content is not regarded: agents call
// gzip "application/x-compress" and the reverse.
const (
	Plain   Packing = "plain"
	Zlib    Packing = "zlib"
	Gzip    Packing = "gzip"
	Deflate Packing = "deflate"
)

// packingOf tells from the first bytes how a body is packed.
func packingOf(b []byte) Packing {
	switch {
	case len(b) >= 2 && b[0] == 0x1f && b[1] == 0x8b:
		return Gzip
	case len(b) >= 2 && b[0]&0x0f == 8 && b[0] <= 0x78 && (uint(b[0])<<8|uint(b[1]))%31 == 0:
		return Zlib
	case len(b) > 0 && textual(b[0]):
		return Plain
	case len(b) == 0:
		return Plain
	}
	return Deflate
}

// textual tells that a text may begin with the byte: a tag, an object, white
// space or a byte order mark.
func textual(c byte) bool {
	return c == '<' || c == '{' || c == '[' || c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xef || c == 0xfe || c == 0xff
}

// unpack reads a body and unpacks it, both within bounds.
func unpack(r io.Reader) ([]byte, Packing, error) {
	sent, err := io.ReadAll(io.LimitReader(r, MaxBody+1))
	if err != nil {
		return nil, "", inventory.Errorf(inventory.Invalid, "the message broke off after %d bytes: %w", len(sent), err)
	}
	if len(sent) > MaxBody {
		return nil, "", inventory.Errorf(inventory.LimitReached, "the message is larger than %d MiB", MaxBody>>20)
	}
	packing := packingOf(sent)
	var unpacker io.Reader
	switch packing {
	case Plain:
		return sent, packing, nil
	case Gzip:
		unpacker, err = gzip.NewReader(bytes.NewReader(sent))
	case Zlib:
		unpacker, err = zlib.NewReader(bytes.NewReader(sent))
	case Deflate:
		unpacker = flate.NewReader(bytes.NewReader(sent))
	}
	if err != nil {
		return nil, packing, inventory.Errorf(inventory.Invalid, "the message is not %s as its first bytes say: %w", packing, err)
	}
	most := min(MaxUnpacked, max(freeSize, maxRatio*len(sent)))
	text, err := io.ReadAll(io.LimitReader(unpacker, int64(most)+1))
	if len(text) > most {
		return nil, packing, inventory.Errorf(inventory.LimitReached, "%d bytes of %s unpack to more than %d MiB: no inventory does", len(sent), packing, most>>20)
	}
	if err != nil && packing == Deflate {
		return nil, packing, inventory.Errorf(inventory.Invalid, "the message is neither JSON nor XML, plain or packed with zlib, gzip or deflate")
	}
	if err != nil {
		return nil, packing, inventory.Errorf(inventory.Invalid, "the message is damaged: its %s does not unpack: %w", packing, err)
	}
	return text, packing, nil
}
