// Package api is the HTTP side of parc: routes under /api/v1, sign-in, decoding
// and encoding, one translator of errors, and live progress. A handler decodes,
// calls the store within the caller's scope, and encodes; what may be done to
// the nouns is decided in inventory, what they mean in lifecycle.
//
// The route table is in route.go: reading it is reading the API. openapi.json is
// written from it.
//
//go:generate go test -run TestOpenAPIIsCurrent . -update
package api
