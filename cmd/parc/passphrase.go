package main

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"os"
	"strings"

	"parc/inventory"
)

// Texts locked with a passphrase have the form of
//
//	openssl enc -aes-256-cbc -pbkdf2 -iter 600000 -salt -pass file:FILE
//
// so that a client opens its own archive without parc.
const (
	lockedHead         = "Salted__"
	lockedSalt         = 8
	lockedRounds       = 600_000 // of PBKDF2 with SHA-256, as OWASP advises
	shortestPassphrase = 12
)

// readPassphrase gives the first line of a file, as openssl does.
func readPassphrase(path string) (inventory.Secret, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return inventory.Secret{}, unreadable(path, err)
	}
	line, _, _ := strings.Cut(string(text), "\n")
	if len(line) < shortestPassphrase {
		return inventory.Secret{}, inventory.Errorf(inventory.Invalid, "the first line of %s must be a passphrase of %d characters or more", path, shortestPassphrase)
	}
	return inventory.NewSecret(line), nil
}

// lockedBy gives the cipher and the first block of a passphrase and a salt.
func lockedBy(passphrase inventory.Secret, salt []byte) (cipher.Block, []byte, error) {
	derived, err := pbkdf2.Key(sha256.New, passphrase.Reveal(), salt, lockedRounds, 32+aes.BlockSize)
	if err != nil {
		return nil, nil, err
	}
	block, err := aes.NewCipher(derived[:32])
	return block, derived[32:], err
}

// lock encrypts a text with a passphrase.
func lock(passphrase inventory.Secret, text []byte) ([]byte, error) {
	salt := make([]byte, lockedSalt)
	_, _ = rand.Read(salt) // never fails (Go 1.24)
	block, first, err := lockedBy(passphrase, salt)
	if err != nil {
		return nil, err
	}
	pad := aes.BlockSize - len(text)%aes.BlockSize
	padded := append([]byte{}, text...)
	for range pad {
		padded = append(padded, byte(pad))
	}
	cipher.NewCBCEncrypter(block, first).CryptBlocks(padded, padded)
	return append(append([]byte(lockedHead), salt...), padded...), nil
}

// unlock opens what lock has made.
func unlock(passphrase inventory.Secret, locked []byte) ([]byte, error) {
	wrong := inventory.Errorf(inventory.Invalid, "it does not open with this passphrase")
	body := len(lockedHead) + lockedSalt
	if len(locked) <= body || string(locked[:len(lockedHead)]) != lockedHead || (len(locked)-body)%aes.BlockSize != 0 {
		return nil, inventory.Errorf(inventory.Invalid, "it is not locked with a passphrase")
	}
	block, first, err := lockedBy(passphrase, locked[len(lockedHead):body])
	if err != nil {
		return nil, err
	}
	text := make([]byte, len(locked)-body)
	cipher.NewCBCDecrypter(block, first).CryptBlocks(text, locked[body:])
	pad := int(text[len(text)-1])
	if pad < 1 || pad > aes.BlockSize {
		return nil, wrong
	}
	for _, b := range text[len(text)-pad:] {
		if int(b) != pad {
			return nil, wrong
		}
	}
	return text[:len(text)-pad], nil
}
