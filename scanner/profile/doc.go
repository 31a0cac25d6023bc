// Package profile is what parc knows of devices, as data: how one is
// recognised, what is worth asking it, and how each field is read from what it
// answers, in order of trust. The YAML files in data/ hold the knowledge and
// are embedded; an operator's folder adds to them. ARCHITECTURE.md beside this
// file is the schema's reference.
//
// The package is pure: it sends nothing, reads no clock and no network. Who
// scans starts an [Inquiry], passes on what it asks until it asks nothing
// more, and takes the result:
//
//	inquiry := set.Inquire(given, depth)
//	for ask := inquiry.Next(); !ask.Empty(); ask = inquiry.Next() {
//		inquiry.Add(ask, answer(ask))
//	}
//	result := inquiry.Result(now)
//
// A profile is chosen by a total order (see [Set.Match]); the part named
// "_generic" stands in where none fits.
package profile
