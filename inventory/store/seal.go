package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"parc/inventory"
)

// sealVersion starts every sealed text, so that another way can follow.
const sealVersion = "v1:"

// errSealed tells that a secret does not open with the key in use.
var errSealed = errors.New("the secret does not open with the key in use")

// sealer encrypts secrets with AES-256-GCM and a random nonce. What the secret
// belongs to is authenticated with it: a sealed text moved to another row does
// not open.
type sealer struct {
	aead  cipher.AEAD
	marks []byte // the key of mark, derived from the one that encrypts
}

func newSealer(key []byte) (*sealer, error) {
	if len(key) == 0 {
		return &sealer{}, nil
	}
	if len(key) != 32 {
		return nil, inventory.Errorf(inventory.Invalid, "the key that encrypts secrets has %d bytes: it must have 32", len(key))
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("make the cipher of secrets: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("make the cipher of secrets: %w", err)
	}
	marks, err := hkdf.Key(sha256.New, key, nil, "parc marks of licence keys", sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("derive the key of marks: %w", err)
	}
	return &sealer{aead, marks}, nil
}

// mark gives a digest by which the same secret of the same client is found again
// without opening any. Two clients' marks of one secret differ.
func (s *sealer) mark(clientID, text string) string {
	h := hmac.New(sha256.New, s.marks)
	h.Write([]byte(clientID + "\x00" + text))
	return hex.EncodeToString(h.Sum(nil))
}

// seal encrypts a text for its owner, as "credential:<id>".
func (s *sealer) seal(owner string, text []byte) (string, error) {
	if s.aead == nil {
		return "", inventory.Errorf(inventory.Unavailable, "no key to encrypt secrets with: give parc its key file")
	}
	return sealVersion + base64.RawStdEncoding.EncodeToString(s.aead.Seal(nil, nil, text, []byte(owner))), nil
}

// open decrypts what seal made for the same owner.
func (s *sealer) open(owner, sealed string) ([]byte, error) {
	coded, ok := strings.CutPrefix(sealed, sealVersion)
	if !ok || s.aead == nil {
		return nil, errSealed
	}
	bytes, err := base64.RawStdEncoding.DecodeString(coded)
	if err != nil {
		return nil, errSealed
	}
	text, err := s.aead.Open(nil, nil, bytes, []byte(owner))
	if err != nil {
		return nil, errSealed
	}
	return text, nil
}
