package inventory

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestDay(t *testing.T) {
	t.Parallel()
	for text, ok := range map[string]bool{"2026-11-23": true, "": true, "2024-02-29": true, "2026-02-29": false, "23/11/2026": false, "2026-11-23T00:00:00Z": false, "2026-1-2": false} {
		d, err := ParseDay(text)
		if (err == nil) != ok || ok && string(d) != text || !ok && CodeOf(err) != Invalid {
			t.Errorf("ParseDay(%q) = %q, %v", text, d, err)
		}
	}
	for _, c := range []struct {
		from Day
		n    int
		want Day
	}{{"2026-01-31", 1, "2026-02-28"}, {"2024-01-31", 1, "2024-02-29"}, {"2026-03-31", -1, "2026-02-28"}, {"2026-11-30", 3, "2027-02-28"}, {"2026-12-15", 12, "2027-12-15"}, {"", 5, ""}} {
		if got := c.from.AddMonths(c.n); got != c.want {
			t.Errorf("%s + %d months = %s, want %s", c.from, c.n, got, c.want)
		}
	}
	if got := Day("2026-12-31").AddDays(1); got != "2027-01-01" {
		t.Errorf("a day later: %s", got)
	}
	if got := Day("2026-11-23").Until("2026-11-20"); got != -3 {
		t.Errorf("until: %d", got)
	}
	if got := Day("0001-01-01").Until("2026-01-01"); got != 739616 {
		t.Errorf("a long time: %d", got)
	}
	if Day("2026-11-23").Until("") != 0 || Day("").Until("2026-11-23") != 0 {
		t.Error("an unknown day is no number of days away")
	}
	if got := DayOf(time.Date(2026, 11, 23, 23, 30, 0, 0, time.FixedZone("", -3600))); got != "2026-11-24" {
		t.Errorf("in UTC: %s", got)
	}
}

func TestDayInAndOut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   any
		want Day
		ok   bool
	}{{nil, "", true}, {"2026-11-23", "2026-11-23", true}, {[]byte("2026-11-23"), "2026-11-23", true}, {"2026-11-23T00:00:00Z", "2026-11-23", true},
		{time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), "2026-11-23", true}, {"nonsense", "", false}, {42, "", false}} {
		d := Day("2000-01-01")
		if err := d.Scan(c.in); (err == nil) != c.ok || c.ok && d != c.want {
			t.Errorf("Scan(%v) = %q, %v", c.in, d, err)
		}
	}
	if v, err := Day("").Value(); v != nil || err != nil {
		t.Errorf("an unknown day is NULL: %v %v", v, err)
	}
	var d struct{ Day Day }
	if err := json.Unmarshal([]byte(`{"day":"2026-13-01"}`), &d); CodeOf(err) != Invalid {
		t.Errorf("no such day: %q %v", d.Day, err)
	}
	if err := json.Unmarshal([]byte(`{"day":"2026-12-01"}`), &d); err != nil || d.Day != "2026-12-01" {
		t.Errorf("a day: %q %v", d.Day, err)
	}
	if out, err := json.Marshal(d); err != nil || string(out) != `{"Day":"2026-12-01"}` {
		t.Errorf("written: %s %v", out, err)
	}
}

// TestDayMonths: months forward and back never move past the day they began.
func TestDayMonths(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := NewDay(2000, 1, 1).AddDays(rapid.IntRange(0, 36500).Draw(t, "days"))
		n := rapid.IntRange(0, 600).Draw(t, "months")
		there := d.AddMonths(n)
		if back := there.AddMonths(-n); back > d || d.Until(back) < -3 {
			t.Errorf("%s + %d = %s, back %s", d, n, there, back)
		}
		if _, err := ParseDay(string(there)); err != nil {
			t.Error(err)
		}
	})
}

// TestAllocate: the parts always add up, zero weights get nothing, and no part
// is more than one unit from its fair share.
func TestAllocate(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := Money{rapid.Int64().Draw(t, "minor"), "EUR"}
		weights := rapid.SliceOfN(rapid.Int64Range(0, math.MaxInt64), 1, 8).Draw(t, "weights")
		parts := m.Allocate(weights...)
		var sum int64
		var total float64
		for i, p := range parts {
			sum += p.Minor
			total += float64(weights[i])
			if p.Currency != "EUR" {
				t.Errorf("currency %q", p.Currency)
			}
		}
		if sum != m.Minor {
			t.Errorf("%d shared as %v adds up to %d", m.Minor, parts, sum)
		}
		for i, p := range parts {
			if total > 0 && weights[i] == 0 && p.Minor != 0 {
				t.Errorf("a share of nothing: %v by %v", parts, weights)
			}
			if p.Minor != 0 && (p.Minor < 0) != (m.Minor < 0) {
				t.Errorf("a share of the other sign: %v", parts)
			}
		}
	})
	if got := EUR(100).Allocate(1, 1, 1); got[0].Minor != 34 || got[1].Minor != 33 || got[2].Minor != 33 {
		t.Errorf("thirds: %v", got)
	}
	if got := EUR(-100).Allocate(0, 0); got[0].Minor != -50 || got[1].Minor != -50 {
		t.Errorf("no weights: %v", got)
	}
	if got := EUR(1).Allocate(); len(got) != 0 {
		t.Errorf("nobody: %v", got)
	}
}

func TestMoneyAdd(t *testing.T) {
	t.Parallel()
	if got, err := EUR(5).Add(Money{}); err != nil || got != EUR(5) {
		t.Errorf("with nothing: %v %v", got, err)
	}
	if got, err := (Money{}).Add(EUR(5)); err != nil || got != EUR(5) {
		t.Errorf("to nothing: %v %v", got, err)
	}
	if got, err := EUR(5).Add(EUR(-7)); err != nil || got != EUR(-2) {
		t.Errorf("sum: %v %v", got, err)
	}
	if _, err := EUR(5).Add(Money{5, "USD"}); CodeOf(err) != Invalid {
		t.Errorf("two currencies: %v", err)
	}
	for _, pair := range [][2]int64{{math.MaxInt64, 1}, {math.MinInt64, -1}} {
		if got, err := EUR(pair[0]).Add(EUR(pair[1])); CodeOf(err) != LimitReached {
			t.Errorf("too large: %v %v", got, err)
		}
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"  a \t\n b  ":          "a b",
		"a\x00b\x1bc\x7f":       "abc",
		"bad\xff\xfeutf":        "badutf",
		"ab\u202egnp.exe":       "abgnp.exe",
		"zero\u200bwidth\ufeff": "zerowidth",
		"é ü 日本":                "é ü 日本",
		"line\u2028sep":         "line sep",
		"":                      "",
		"\x00":                  "",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
	if got := CleanTo("aé日b", 4); got != "aé" {
		t.Errorf("cut on a rune's border: %q", got)
	}
	if got := CleanTo("ab cd", 3); got != "ab" {
		t.Errorf("no space at the cut: %q", got)
	}
}

func FuzzClean(f *testing.F) {
	f.Add("a\x00 \xff b\u202e", 5)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		limit = max(0, min(limit, 10_000))
		got := CleanTo(s, limit)
		if !utf8.ValidString(got) || len(got) > limit || got != strings.TrimSpace(got) || got != CleanTo(got, limit) {
			t.Errorf("CleanTo(%q, %d) = %q", s, limit, got)
		}
		for _, r := range got {
			if r < ' ' || r == 0x7f || r == 0x202e {
				t.Errorf("%q lets %q through", s, r)
			}
		}
	})
}

func TestCell(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "\n=x": "'\n=x", "a=1": "a=1", "": "", "é": "é"} {
		if got := Cell(in); got != want {
			t.Errorf("Cell(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestSecretNeverPrints tries every way that something may print.
func TestSecretNeverPrints(t *testing.T) {
	t.Parallel()
	type inside struct {
		Open   Secret
		hidden Secret
		List   []Secret
		Map    map[string]Secret
	}
	s := NewSecret("hunter2")
	in := inside{s, s, []Secret{s}, map[string]Secret{"k": s}}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%o", "%e", "%U", "%c", "%T"} {
		fmt.Fprintf(&out, verb+"|"+verb+"|"+verb+"|"+verb+"\n", s, &s, in, &in)
	}
	fmt.Fprintln(&out, s, &s, in, &in, fmt.Errorf("oops %v %+v", s, in))
	text := slog.New(slog.NewTextHandler(&out, nil))
	text.Info("x", "s", s, "p", &s, "in", in, "any", slog.AnyValue(in))
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "s", s, "p", &s, "in", in)
	encoded, err := json.Marshal(map[string]any{"s": s, "p": &s, "in": in})
	if err != nil {
		t.Fatal(err)
	}
	out.Write(encoded)
	for _, trace := range []string{"hunter2", "68756e74657232", "68 75"} {
		if strings.Contains(strings.ToLower(out.String()), trace) {
			t.Errorf("it prints %q: %s", trace, out.String())
		}
	}
	if in.hidden.Reveal() != "hunter2" || s.IsZero() || !(Secret{}).IsZero() || NewSecret("").String() != "" {
		t.Error("Reveal and IsZero")
	}
	var back struct{ Community Secret }
	if err := json.Unmarshal([]byte(`{"community":"public"}`), &back); err != nil || back.Community.Reveal() != "public" {
		t.Errorf("read: %v", err)
	}
}

func TestScope(t *testing.T) {
	t.Parallel()
	bounded := ScopeClients("u1", "c1", "c2")
	for _, c := range []struct {
		scope  Scope
		client string
		want   bool
	}{{Scope{}, "c1", false}, {Scope{}, "", false}, {ScopeAll("cli"), "c1", true}, {ScopeAll("cli"), "", false},
		{bounded, "c1", true}, {bounded, "c3", false}, {bounded, "", false}, {ScopeClients("u", ""), "", false}} {
		if got := c.scope.Sees(c.client); got != c.want {
			t.Errorf("%+v sees %q: %v", c.scope, c.client, got)
		}
	}
	bounded.Clients()[0] = "c9"
	if !bounded.Sees("c1") || bounded.Sees("c9") {
		t.Error("a scope cannot be changed from outside")
	}
	admin := User{ID: "a", Role: RoleAdmin, Clients: []string{"c1"}}
	if !admin.Scope().All() {
		t.Error("an administrator sees all")
	}
	admin.Disabled = true
	if admin.Scope().Sees("c1") || admin.Scope().All() {
		t.Error("a disabled user sees nothing")
	}
	if (User{Role: RoleTechnician}).Scope().All() {
		t.Error("a technician without clients sees none, not all")
	}
}

func TestIDs(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	a, b := NewID(now), NewID(now)
	later := NewID(now.Add(time.Millisecond))
	if a == b || later < a || later < b {
		t.Errorf("%s %s %s", a, b, later)
	}
	again := DerivedID(now, strings.Clone("x"))
	if DerivedID(now, "x") != again || DerivedID(now, "x") == DerivedID(now, "y") || DerivedID(now, "x") == DerivedID(now.Add(time.Hour), "x") {
		t.Error("a derived id is of its time and seed")
	}
	for _, id := range []string{a, DerivedID(now, "x")} {
		if len(id) != 36 || id[14] != '7' || !strings.ContainsRune("89ab", rune(id[19])) || !strings.HasPrefix(id, "01a207d9") {
			t.Errorf("%s is no UUID version 7 of that day", id)
		}
	}
}

func TestParseNetwork(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"192.168.1.0/24": "192.168.1.0/24", "10.0.0.0/8": "10.0.0.0/8", "10.1.2.3": "10.1.2.3/32", "fd00::/8": "fd00::/8", "::1": "::1/128",
		"::ffff:10.0.0.1": "10.0.0.1/32", "172.31.0.0/16": "172.31.0.0/16", "127.0.0.0/8": "127.0.0.0/8",
		"192.168.1.1/24": "", "8.8.8.0/24": "", "10.0.0.0/7": "", "0.0.0.0/0": "", "172.32.0.0/16": "", "2001:db8::/32": "", "x": "", "": "", "10.0.0.0/33": "", "010.0.0.1": "",
	} {
		got, err := ParseNetwork(in, false)
		if want == "" {
			if CodeOf(err) != Invalid {
				t.Errorf("ParseNetwork(%q) = %v, %v; want Invalid", in, got, err)
			}
			continue
		}
		if err != nil || got.Prefix.String() != want {
			t.Errorf("ParseNetwork(%q) = %v, %v; want %s", in, got, err, want)
		}
	}
	if got, err := ParseNetwork("\t10.0.0.0/8 ", false); err != nil || got.Prefix.String() != "10.0.0.0/8" {
		t.Errorf("white space around: %v %v", got, err)
	}
	if got, err := ParseNetwork("8.8.8.0/24", true); err != nil || got.Prefix.String() != "8.8.8.0/24" {
		t.Errorf("public where allowed: %v %v", got, err)
	}
}

func TestErrorf(t *testing.T) {
	t.Parallel()
	one := Errorf(Unavailable, "open %s: %w", "x", fs.ErrNotExist)
	two := Errorf(Busy, "%w and %w", io.EOF, fs.ErrExist)
	none := Errorf(NotFound, "no asset %q", "a")
	for _, c := range []struct {
		err   error
		code  Code
		text  string
		holds error
	}{{one, Unavailable, "open x: file does not exist", fs.ErrNotExist}, {two, Busy, "EOF and file already exists", fs.ErrExist},
		{two, Busy, "EOF and file already exists", io.EOF}, {none, NotFound, `no asset "a"`, none}} {
		if CodeOf(c.err) != c.code || c.err.Error() != c.text || !errors.Is(c.err, c.holds) {
			t.Errorf("got %q %q, holds %v: %v", CodeOf(c.err), c.err, c.holds, errors.Is(c.err, c.holds))
		}
	}
	if CodeOf(fmt.Errorf("list: %w", one)) != Unavailable || CodeOf(io.EOF) != Internal || CodeOf(nil) != "" {
		t.Error("the code of what wraps, of another's, of none")
	}
}

func TestClasses(t *testing.T) {
	t.Parallel()
	seen := map[Class]bool{}
	for _, c := range Classes() {
		if got, err := ParseClass(string(c)); err != nil || got != c || seen[c] {
			t.Errorf("class %q: %v", c, err)
		}
		seen[c] = true
	}
	if len(seen) != 41 {
		t.Errorf("%d classes", len(seen))
	}
	for c := range kindred {
		if !seen[c] {
			t.Errorf("%q is no class", c)
		}
	}
	if _, err := ParseClass("Toaster"); CodeOf(err) != Invalid {
		t.Error(err)
	}
}
