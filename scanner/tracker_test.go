package scanner

import (
	"net/netip"
	"strings"
	"testing"
)

func TestSilenceIsTold(t *testing.T) {
	t.Parallel()
	tr := newTracker(100, false)
	if n, sentence := tr.silence(); n != 0 || sentence != "" {
		t.Errorf("of nothing: %d %q", n, sentence)
	}
	for a := netip.MustParseAddr("10.0.0.1"); a.Compare(netip.MustParseAddr("10.0.0.9")) < 0; a = a.Next() {
		tr.mute(a)
	}
	tr.mute(netip.MustParseAddr("127.3.0.1"))    // all of loopback answers
	tr.answered(netip.MustParseAddr("10.0.0.2")) // by SNMP, later
	n, sentence := tr.silence()
	if n != 7 || !strings.Contains(sentence, "7 addresses answer and tell nothing (10.0.0.1, 10.0.0.3, 10.0.0.4, 10.0.0.5, 10.0.0.6, …)") {
		t.Errorf("%d %q", n, sentence)
	}
}
