package warranty

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/time/rate"

	"parc/inventory"
)

// fakeDell answers as TechDirect documents, and counts what it is asked.
type fakeDell struct {
	tokens, calls atomic.Int32
	lists         chan string
	busy          atomic.Int32 // that many calls are answered with 429 first
	expire        atomic.Int32 // that many calls find their token too old
	refuse        bool
	garbage       bool
}

const dellAnswer = `[
 {"id":1,"serviceTag":"7XKQ2T3","shipDate":"2023-02-27T06:00:00Z","productLineDescription":"OPTIPLEX 7010","systemDescription":"OptiPlex SFF 7010","countryCode":"FR","duplicated":false,"invalid":false,
  "entitlements":[
   {"itemNumber":"1","startDate":"2023-02-27T06:00:00Z","endDate":"2026-02-28T05:59:59.999Z","entitlementType":"INITIAL","serviceLevelCode":"ND","serviceLevelDescription":"Onsite Service After Remote Diagnosis"},
   {"itemNumber":"2","startDate":"2026-02-28T06:00:00Z","endDate":"2028-02-28T05:59:59.999Z","entitlementType":"EXTENDED","serviceLevelCode":"PY","serviceLevelDescription":"ProSupport"},
   {"itemNumber":"3","startDate":"2023-02-27T06:00:00Z","endDate":"2030-02-28T05:59:59.999Z","entitlementType":"INITIAL","serviceLevelCode":"DL","serviceLevelDescription":"Dell Digital Delivery"},
   {"itemNumber":"4","startDate":null,"endDate":null,"serviceLevelCode":"XX"}]},
 {"id":2,"serviceTag":"ZZZZZZZ","shipDate":null,"invalid":true,"entitlements":[]}
]`

func (f *fakeDell) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/auth/oauth/v2/token":
		f.tokens.Add(1)
		if id, secret, ok := r.BasicAuth(); !ok || id != "l7xx" || secret != "s3cret" || r.FormValue("grant_type") != "client_credentials" {
			http.Error(w, `{"error":"invalid_client"}`, http.StatusUnauthorized)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"access_token":"token-%d","token_type":"Bearer","expires_in":3600}`, f.tokens.Load())
	case "/PROD/sbil/eapi/v5/asset-entitlements":
		f.calls.Add(1)
		switch {
		case f.refuse || r.Header.Get("Authorization") != fmt.Sprintf("Bearer token-%d", f.tokens.Load()), f.expire.Add(-1) >= 0:
			http.Error(w, `{"Fault":{"faultstring":"Invalid Access Token"}}`, http.StatusUnauthorized)
			return
		case f.busy.Add(-1) >= 0:
			w.Header().Set("Retry-After", "0")
			http.Error(w, "slow down", http.StatusTooManyRequests)
			return
		case f.garbage:
			fmt.Fprint(w, "<html>maintenance</html>")
			return
		}
		if f.lists != nil {
			f.lists <- r.URL.Query().Get("servicetags")
		}
		fmt.Fprint(w, dellAnswer)
	default:
		http.NotFound(w, r)
	}
}

func quick(url string) Options {
	return Options{BaseURL: url, Rate: rate.Inf, FirstWait: time.Millisecond, Patience: 5 * time.Millisecond}
}

func dellOf(t *testing.T, f *fakeDell, secret string) Maker {
	t.Helper()
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	m, err := New(Key{Maker: "dell", ID: "l7xx", Secret: inventory.NewSecret(secret)}, quick(server.URL))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestDell(t *testing.T) {
	t.Parallel()
	f := &fakeDell{lists: make(chan string, 1)}
	f.busy.Store(2)
	got, err := dellOf(t, f, "s3cret").Ask(t.Context(), []string{"7xkq2t3", "ZZZZZZZ", "ABC1234"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]Answer{
		"7xkq2t3": {
			Shipped: "2023-02-27", Product: "OptiPlex SFF 7010",
			Coverages: []inventory.Coverage{
				{Kind: "manufacturer", Level: "Onsite Service After Remote Diagnosis", Start: "2023-02-27", End: "2026-02-27", Source: "dell"},
				{Kind: "extension", Level: "ProSupport", Start: "2026-02-28", End: "2028-02-27", Source: "dell"},
			},
		},
		"ZZZZZZZ": {Unknown: true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if list := <-f.lists; list != "7xkq2t3,ZZZZZZZ,ABC1234" {
		t.Errorf("asked for %q", list)
	}
	if n := f.calls.Load(); n != 3 {
		t.Errorf("%d calls, want two refused and one answered", n)
	}
}

func TestDellReplacesATokenThatIsTooOld(t *testing.T) {
	t.Parallel()
	f := &fakeDell{}
	m := dellOf(t, f, "s3cret")
	for range 2 {
		if _, err := m.Ask(t.Context(), []string{"7XKQ2T3"}); err != nil {
			t.Fatal(err)
		}
	}
	if n := f.tokens.Load(); n != 1 {
		t.Errorf("%d tokens for two questions", n)
	}
	f.expire.Store(1)
	if _, err := m.Ask(t.Context(), []string{"7XKQ2T3"}); err != nil {
		t.Error(err)
	}
	if n := f.tokens.Load(); n != 2 {
		t.Errorf("%d tokens", n)
	}
}

func TestDellTroubles(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fake   *fakeDell
		secret string
		code   inventory.Code
		says   string
	}{
		"wrong secret":   {&fakeDell{}, "wrong-secret", inventory.Unavailable, "Dell: the key is refused"},
		"token refused":  {&fakeDell{refuse: true}, "s3cret", inventory.Unavailable, "Dell: the key is refused"},
		"no JSON":        {&fakeDell{garbage: true}, "s3cret", inventory.Unavailable, "not the JSON"},
		"busy all along": {func() *fakeDell { f := &fakeDell{}; f.busy.Store(100); return f }(), "s3cret", inventory.LimitReached, "no more questions"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := dellOf(t, c.fake, c.secret).Ask(t.Context(), []string{"7XKQ2T3"})
			if inventory.CodeOf(err) != c.code || !strings.Contains(fmt.Sprint(err), c.says) {
				t.Errorf("%v", err)
			}
			if strings.Contains(fmt.Sprint(err), c.secret) {
				t.Errorf("the secret shows: %v", err)
			}
		})
	}
}

func TestAway(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	for _, maker := range Names() {
		m, err := New(Key{Maker: maker, ID: "x", Secret: inventory.NewSecret("s3cret")}, quick(server.URL))
		if err != nil {
			t.Fatal(err)
		}
		_, err = m.Ask(t.Context(), []string{"7XKQ2T3"})
		if inventory.CodeOf(err) != inventory.Unavailable || strings.Contains(fmt.Sprint(err), "s3cret") || strings.Contains(fmt.Sprint(err), "127.0.0.1") {
			t.Errorf("%s: %v", maker, err)
		}
	}
}

// fakeLenovo answers for two machines it knows.
func fakeLenovo(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("ClientID") != "lenovo-key" {
		http.Error(w, "no", http.StatusUnauthorized)
		return
	}
	known := map[string]string{
		"PF2ABCDE": `{"Serial":"PF2ABCDE","Product":"ThinkPad L14 Gen 2","InWarranty":true,"Purchased":"2022-05-10T00:00:00Z","Shipped":"2022-04-28T00:00:00Z","Warranty":[
			{"ID":"1EZ","Type":"BASE","Name":"1Y Depot","DeliveryType":"DEPOT","Start":"2022-05-10T00:00:00Z","End":"2023-05-09T00:00:00Z"},
			{"ID":"3OS","Type":"UPGRADE","Name":"3Y Onsite","DeliveryType":"ON_SITE","Start":"2022-05-10T00:00:00Z","End":"2025-05-09T00:00:00Z"},
			{"ID":"BAD","Type":"UPGRADE","Name":"nonsense","Start":"2025-01-01T00:00:00Z","End":"2020-01-01T00:00:00Z"}]}`,
		"MJ0XYZ12": `{"Serial":"MJ0XYZ12.11JT","Product":"ThinkCentre M70q","Shipped":"2021-01-05T00:00:00Z","Warranty":[]}`,
	}
	serials := strings.Split(r.URL.Query().Get("Serial"), ",")
	var all []string
	for _, s := range serials {
		if body, ok := known[s]; ok {
			all = append(all, body)
		} else {
			all = append(all, fmt.Sprintf(`{"Serial":%q,"ErrorCode":101,"ErrorMessage":"Not found"}`, s))
		}
	}
	if len(all) == 1 {
		fmt.Fprint(w, all[0])
		return
	}
	fmt.Fprintf(w, "[%s]", strings.Join(all, ","))
}

func lenovoOf(t *testing.T, key string) Maker {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(fakeLenovo))
	t.Cleanup(server.Close)
	m, err := New(Key{Maker: "lenovo", Secret: inventory.NewSecret(key)}, quick(server.URL))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestLenovo(t *testing.T) {
	t.Parallel()
	m := lenovoOf(t, "lenovo-key")
	got, err := m.Ask(t.Context(), []string{"PF2ABCDE", "MJ0XYZ12", "NOTHING1"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]Answer{
		"PF2ABCDE": {
			Shipped: "2022-04-28", Product: "ThinkPad L14 Gen 2",
			Coverages: []inventory.Coverage{
				{Kind: "manufacturer", Level: "1Y Depot", Start: "2022-05-10", End: "2023-05-09", Source: "lenovo"},
				{Kind: "on-site", Level: "3Y Onsite", Start: "2022-05-10", End: "2025-05-09", Source: "lenovo"},
			},
		},
		"MJ0XYZ12": {Shipped: "2021-01-05", Product: "ThinkCentre M70q"},
		"NOTHING1": {Unknown: true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	one, err := m.Ask(t.Context(), []string{"PF2ABCDE"}) // an object, not a list
	if err != nil || !cmp.Equal(one["PF2ABCDE"], want["PF2ABCDE"]) {
		t.Errorf("%v, %v", one, err)
	}
	if _, err := lenovoOf(t, "wrong").Ask(t.Context(), []string{"PF2ABCDE"}); !strings.Contains(fmt.Sprint(err), "Lenovo: the key is refused") {
		t.Errorf("wrong key: %v", err)
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for _, k := range []Key{{Maker: "dell"}, {Maker: "dell", ID: "x"}, {Maker: "lenovo", ID: "x"}, {Maker: "hp", ID: "x", Secret: inventory.NewSecret("y")}} {
		if _, err := New(k, Options{}); inventory.CodeOf(err) != inventory.Invalid {
			t.Errorf("%+v: %v", k, err)
		}
	}
}

func TestDellDay(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]inventory.Day{
		"2026-02-28T05:59:59.999Z": "2026-02-27", "2016-05-28T05:00:00Z": "2016-05-28", "2016-05-28T04:59:59Z": "2016-05-27",
		"2024-01-31T00:00:00Z": "2024-01-31", "2024-01-31": "2024-01-31", "": "", "soon": "", "2024-02-30T00:00:00Z": "",
	} {
		if got := dellDay(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

// FuzzAnswers: whatever a maker's service says, nothing worse than an error
// comes of it.
func FuzzAnswers(f *testing.F) {
	f.Add(dellAnswer)
	f.Add(`{"Serial":null,"Warranty":[{"Start":5}]}`)
	f.Fuzz(func(t *testing.T, body string) {
		var assets []dellAsset
		if json.Unmarshal([]byte(body), &assets) == nil {
			for _, a := range assets {
				for _, c := range a.answer().Coverages {
					if c.End.IsZero() || c.Start > c.End {
						t.Errorf("%+v", c)
					}
				}
			}
		}
		var machine lenovoMachine
		if json.Unmarshal([]byte(body), &machine) == nil {
			machine.answer()
		}
	})
}
