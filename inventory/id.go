package inventory

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// NewID returns a random UUID version 7 (RFC 9562) whose time part is now, so
// ids made later sort later.
func NewID(now time.Time) string {
	var random [10]byte
	// crypto/rand.Read never returns an error (Go 1.24): it ends the program instead.
	_, _ = rand.Read(random[:])
	return uuidV7(now, random)
}

// DerivedID returns a UUID version 7 whose time part is now and whose other
// bits come from seed: the same inputs give the same id. Reconcile uses it, so
// that a plan is a pure function of what it was given.
func DerivedID(now time.Time, seed string) string {
	sum := sha256.Sum256([]byte(seed))
	return uuidV7(now, [10]byte(sum[:10]))
}

func uuidV7(now time.Time, random [10]byte) string {
	var u [16]byte
	ms := uint64(now.UnixMilli())
	for i := range 6 {
		u[i] = byte(ms >> (40 - 8*i))
	}
	copy(u[6:], random[:])
	u[6] = u[6]&0x0f | 0x70
	u[8] = u[8]&0x3f | 0x80
	h := hex.EncodeToString(u[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
