package snmp

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/gosnmp/gosnmp"
)

// Get asks for objects by their instances, in as few packets as the device
// takes. Objects that it does not have are left out. What came before an
// error is given with it.
func (s *Session) Get(ctx context.Context, oids []string) ([]Varbind, error) {
	var out []Varbind
	for len(oids) > 0 {
		n := min(s.gets, len(oids))
		got, err := s.get(ctx, oids[:n])
		out = append(out, got...)
		if err != nil {
			return out, s.fault("get", err)
		}
		oids = oids[n:]
	}
	return out, nil
}

// get asks one batch; when it is too much for the device, in halves.
func (s *Session) get(ctx context.Context, oids []string) ([]Varbind, error) {
	var got []Varbind
	var err error
	if s.v1() {
		got, err = s.getV1(ctx, oids)
	} else {
		got, err = s.getOnce(ctx, oids)
	}
	if !errors.Is(err, errTooBig) && (!errors.Is(err, errGone) || s.silences >= maxSilences) || len(oids) == 1 {
		if errors.Is(err, errTooBig) {
			return nil, nil // even alone: the device cannot say it
		}
		return got, err
	}
	half := (len(oids) + 1) / 2
	s.gets = max(1, min(s.gets, half))
	first, err := s.get(ctx, oids[:half])
	if err != nil {
		return first, err
	}
	second, err := s.get(ctx, oids[half:])
	return append(first, second...), err
}

// errTooBig tells that a question has to be made smaller.
var errTooBig = errors.New("too big")

func (s *Session) getOnce(ctx context.Context, oids []string) ([]Varbind, error) {
	answer, err := s.ask(ctx, gosnmp.GetRequest, oids, 0)
	if err != nil {
		return nil, err
	}
	switch answer.Error {
	case gosnmp.NoError:
	case gosnmp.TooBig:
		return nil, errTooBig
	default:
		// An agent that answers a v2c GET with an error instead of exceptions:
		// without the object it complains about, the others may come.
		return s.getOthers(ctx, oids, int(answer.ErrorIndex))
	}
	return wanted(answer.Variables, oids), nil
}

// getOthers asks again without the object that the device complained about.
func (s *Session) getOthers(ctx context.Context, oids []string, complaint int) ([]Varbind, error) {
	if len(oids) == 1 {
		return nil, nil
	}
	if complaint < 1 || complaint > len(oids) {
		return nil, errTooBig
	}
	rest := append(append([]string{}, oids[:complaint-1]...), oids[complaint:]...)
	return s.getOnce(ctx, rest)
}

// wanted keeps what was asked for: broken agents answer other objects, or one twice.
func wanted(vars []gosnmp.SnmpPDU, oids []string) []Varbind {
	asked := make(map[string]bool, len(oids))
	for _, oid := range oids {
		asked[oid] = true
	}
	var out []Varbind
	for _, pdu := range vars {
		v := varbind(pdu)
		if asked[v.OID] && !v.Absent() {
			out = append(out, v)
			asked[v.OID] = false
		}
	}
	return out
}

// getV1 asks by GETNEXT from just before each object: v1 refuses a whole GET
// for one object that it does not have, and GETNEXT only at the end of the tree.
func (s *Session) getV1(ctx context.Context, oids []string) ([]Varbind, error) {
	before := make([]string, len(oids))
	for i, oid := range oids {
		before[i] = predecessor(oid)
	}
	got, err := s.next(ctx, before)
	var out []Varbind
	for i, v := range got {
		if v.OID == oids[i] && !v.Absent() {
			out = append(out, v)
		}
	}
	return out, err
}

// predecessor gives an OID just before another: that of its parent for the
// instance 0, the sibling before it for others.
func predecessor(oid string) string {
	at := strings.LastIndexByte(oid, '.')
	if at < 0 {
		return oid
	}
	last, err := strconv.ParseUint(oid[at+1:], 10, 32)
	if err != nil || last == 0 {
		return oid[:at]
	}
	return oid[:at+1] + strconv.FormatUint(last-1, 10) + ".4294967295"
}

// Next asks for the object that follows each OID. The answers stand in the
// order asked; where nothing follows, the varbind is absent.
func (s *Session) Next(ctx context.Context, oids []string) ([]Varbind, error) {
	out := make([]Varbind, 0, len(oids))
	for len(oids) > 0 {
		n := min(s.gets, len(oids))
		got, err := s.next(ctx, oids[:n])
		out = append(out, got...)
		if errors.Is(err, errTooBig) && n > 1 {
			s.gets = n / 2
			out = out[:len(out)-len(got)]
			continue
		}
		if err != nil {
			return out, s.fault("get-next", err)
		}
		oids = oids[n:]
	}
	return out, nil
}

// next asks one batch by GETNEXT, in order. In v1 an OID with nothing behind
// it spoils the packet: it is taken out and the others are asked again.
func (s *Session) next(ctx context.Context, oids []string) ([]Varbind, error) {
	out := make([]Varbind, len(oids))
	left := make([]int, len(oids))
	for i := range oids {
		left[i] = i
	}
	for len(left) > 0 {
		batch := make([]string, len(left))
		for i, at := range left {
			batch[i] = oids[at]
		}
		answer, err := s.ask(ctx, gosnmp.GetNextRequest, batch, 0)
		if err != nil {
			return out, err
		}
		switch complaint := int(answer.ErrorIndex); {
		case answer.Error == gosnmp.NoError:
			for i, pdu := range answer.Variables {
				if i < len(left) {
					out[left[i]] = varbind(pdu)
				}
			}
			return out, nil
		case answer.Error == gosnmp.TooBig:
			if len(left) == 1 {
				return out, nil
			}
			return out, errTooBig
		case complaint >= 1 && complaint <= len(left):
			left = append(left[:complaint-1], left[complaint:]...)
		case len(left) == 1:
			return out, nil
		default:
			return out, errTooBig
		}
	}
	return out, nil
}
