package scanner

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"time"

	"parc/inventory"
)

// The limits of what people hand in.
const (
	maxTargetText  = 255              // of one target
	maxTargetLines = 1 << 20          // of one file
	resolveTime    = 10 * time.Second // for all host names
)

// Resolver finds the addresses of a host name; *net.Resolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// ParseTargets reads targets as people write them: an address, a CIDR,
// a.b.c.d-e (or two whole addresses with a dash between), a host name, or
// @file with one of these a line and # before comments. What is none of these
// is Invalid, and so is an unreadable file; more than MaxTargets addresses are
// LimitReached.
func ParseTargets(args []string) (Targets, error) {
	ctx, cancel := context.WithTimeout(context.Background(), resolveTime)
	defer cancel()
	return ResolveTargets(ctx, net.DefaultResolver, args)
}

// ResolveTargets is ParseTargets with a resolver for host names.
func ResolveTargets(ctx context.Context, resolver Resolver, args []string) (Targets, error) {
	p := parser{ctx: ctx, resolver: resolver}
	for _, arg := range args {
		if err := p.argument(arg); err != nil {
			return Targets{}, err
		}
	}
	if len(p.spans) == 0 {
		return Targets{}, inventory.Errorf(inventory.Invalid, "no targets: name an address, a network as 192.168.1.0/24, a range as 192.168.1.10-20, a host name, or @file")
	}
	t := Targets{merge(p.spans)}
	if n := t.Count(); n > MaxTargets {
		return Targets{}, inventory.Errorf(inventory.LimitReached, "%s is too large: one scan takes at most %d addresses (a /8)", t, MaxTargets)
	}
	return t, nil
}

type parser struct {
	ctx      context.Context //nolint:containedctx // lives for one call of ResolveTargets
	resolver Resolver
	spans    []span
}

func (p *parser) argument(arg string) error {
	arg = strings.TrimSpace(arg)
	if file, ok := strings.CutPrefix(arg, "@"); ok {
		return p.file(file)
	}
	return p.target(arg)
}

// file reads targets from a file, one a line.
func (p *parser) file(name string) error {
	f, err := os.Open(name)
	if err != nil {
		var cause *fs.PathError
		if errors.As(err, &cause) {
			err = cause.Err
		}
		return inventory.Errorf(inventory.Invalid, "the target file %q cannot be read: %w", inventory.Clean(name), err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		if n > maxTargetLines {
			return inventory.Errorf(inventory.LimitReached, "the target file %q has more than %d lines", inventory.Clean(name), maxTargetLines)
		}
		text, _, _ := strings.Cut(lines.Text(), "#")
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		if err := p.target(text); err != nil {
			return inventory.Errorf(inventory.CodeOf(err), "%s line %d: %w", inventory.Clean(name), n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return inventory.Errorf(inventory.Invalid, "the target file %q cannot be read: %w", inventory.Clean(name), err)
	}
	return nil
}

// target reads one target.
func (p *parser) target(text string) error {
	if len(text) > maxTargetText {
		return wrong(text)
	}
	if a, err := netip.ParseAddr(text); err == nil {
		return p.add(text, a, a)
	}
	if strings.Contains(text, "/") {
		return p.network(text)
	}
	if first, rest, ok := strings.Cut(text, "-"); ok {
		if from, err := netip.ParseAddr(first); err == nil {
			return p.between(text, from, rest)
		}
	}
	return p.name(text)
}

func (p *parser) network(text string) error {
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		return wrong(text)
	}
	s := spanOf(plain(prefix))
	return p.add(text, s.from, s.to)
}

// between reads what follows the dash of a range: a whole address, or the last
// octet of one.
func (p *parser) between(text string, from netip.Addr, rest string) error {
	to, err := netip.ParseAddr(rest)
	if err != nil {
		octet, err := strconv.ParseUint(rest, 10, 8)
		if err != nil || !from.Is4() {
			return inventory.Errorf(inventory.Invalid, "%q is no range: write it as 192.168.1.10-20", inventory.CleanTo(text, 60))
		}
		octets := from.As4()
		octets[3] = byte(octet)
		to = netip.AddrFrom4(octets)
	}
	if !sameFamily(from.Unmap(), to.Unmap()) || to.Unmap().Less(from.Unmap()) {
		return inventory.Errorf(inventory.Invalid, "the range %q ends before it starts", inventory.CleanTo(text, 60))
	}
	return p.add(text, from, to)
}

func (p *parser) add(text string, from, to netip.Addr) error {
	if from.Zone() != "" || to.Zone() != "" {
		return inventory.Errorf(inventory.Invalid, "%q names an interface: write the address without %%%s", inventory.CleanTo(text, 60), inventory.CleanTo(from.Zone()+to.Zone(), 20))
	}
	from, to = from.Unmap(), to.Unmap()
	if from.IsMulticast() || from.IsUnspecified() && from == to {
		return inventory.Errorf(inventory.Invalid, "%q is no address of a device", inventory.CleanTo(text, 60))
	}
	p.spans = append(p.spans, span{from, to})
	return nil
}

// name reads a host name and asks for its addresses.
func (p *parser) name(text string) error {
	if !hostName(text) {
		return wrong(text)
	}
	found, err := p.resolver.LookupNetIP(p.ctx, "ip", text)
	if err != nil || len(found) == 0 {
		return inventory.Errorf(inventory.Invalid, "the host name %q has no address: %s", text, lookupFault(err))
	}
	for _, a := range found {
		a = a.Unmap().WithZone("")
		p.spans = append(p.spans, span{a, a})
	}
	return nil
}

// hostName tells that a text can be the name of a host. One that ends in a
// number cannot (RFC 1123): it is a mistyped address.
func hostName(text string) bool {
	labels := strings.Split(strings.TrimSuffix(text, "."), ".")
	for _, label := range labels {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for i := range len(label) {
			c := label[i]
			if c != '-' && c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
				return false
			}
		}
	}
	_, err := strconv.Atoi(labels[len(labels)-1])
	return err != nil
}

func lookupFault(err error) string {
	var dns *net.DNSError
	switch {
	case err == nil:
		return "the name server knows none"
	case errors.As(err, &dns) && dns.IsNotFound:
		return "no such host"
	case errors.As(err, &dns) && dns.IsTimeout, errors.Is(err, context.DeadlineExceeded):
		return "the name server does not answer"
	}
	return inventory.CleanTo(fmt.Sprint(err), 120)
}

func wrong(text string) error {
	return inventory.Errorf(inventory.Invalid,
		"%q is no target: write an address, a network as 192.168.1.0/24, a range as 192.168.1.10-20, a host name, or @file", inventory.CleanTo(text, 60))
}
