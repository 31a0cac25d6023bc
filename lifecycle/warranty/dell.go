package warranty

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // Texas, on machines that have no time zones installed

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"parc/inventory"
)

// Dell's asset entitlements, version 5, of TechDirect.
const (
	dellURL   = "https://apigtwb2c.us.dell.com"
	dellBatch = 100
)

// dell asks Dell. A token lasts an hour and is asked for when one is needed.
type dell struct {
	service *service
	base    string
	config  clientcredentials.Config
	options Options

	mu     sync.Mutex
	tokens oauth2.TokenSource // nil: ask for a new one
}

func newDell(key Key, o Options) *dell {
	base := cmp.Or(o.BaseURL, dellURL)
	return &dell{
		service: newService("Dell", o), base: base, options: o,
		config: clientcredentials.Config{
			ClientID: key.ID, ClientSecret: key.Secret.Reveal(), TokenURL: base + "/auth/oauth/v2/token", AuthStyle: oauth2.AuthStyleInHeader,
		},
	}
}

// Name implements Maker.
func (d *dell) Name() string { return "dell" }

// Makes implements Maker.
func (d *dell) Makes(vendor string) bool { return strings.HasPrefix(strings.ToLower(vendor), "dell") }

// Batch implements Maker.
func (d *dell) Batch() int { return dellBatch }

type dellAsset struct {
	ServiceTag   string            `json:"serviceTag"`
	ShipDate     string            `json:"shipDate"`
	Product      string            `json:"productLineDescription"`
	System       string            `json:"systemDescription"`
	Invalid      bool              `json:"invalid"`
	Entitlements []dellEntitlement `json:"entitlements"`
}

type dellEntitlement struct {
	Start string `json:"startDate"`
	End   string `json:"endDate"`
	Type  string `json:"entitlementType"` // INITIAL, EXTENDED
	Code  string `json:"serviceLevelCode"`
	Level string `json:"serviceLevelDescription"`
}

// dellNotHardware are the service levels that repair nothing: digital delivery,
// software and project entitlements.
var dellNotHardware = []string{"D", "DL", "PJ", "PR"}

// Ask implements Maker. A token that is no longer good is replaced once.
func (d *dell) Ask(ctx context.Context, serials []string) (map[string]Answer, error) {
	assets, err := d.ask(ctx, serials)
	if errors.Is(err, errKey) {
		d.mu.Lock()
		d.tokens = nil
		d.mu.Unlock()
		assets, err = d.ask(ctx, serials)
	}
	if err != nil {
		return nil, err
	}
	answers := map[string]Answer{}
	for _, a := range assets {
		answers[serialKey(a.ServiceTag)] = a.answer()
	}
	return bySerial(serials, answers), nil
}

func (d *dell) ask(ctx context.Context, serials []string) ([]dellAsset, error) {
	token, err := d.token(ctx)
	if err != nil {
		return nil, err
	}
	var assets []dellAsset
	query := url.Values{"servicetags": {strings.Join(serials, ",")}}
	err = d.service.get(ctx, d.base+"/PROD/sbil/eapi/v5/asset-entitlements?"+query.Encode(),
		http.Header{"Authorization": {"Bearer " + token}}, &assets)
	return assets, err
}

func (d *dell) token(ctx context.Context) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.tokens == nil {
		// The source outlives this call; a token is asked for through the client that
		// is patient.
		d.tokens = d.config.TokenSource(context.WithValue(context.WithoutCancel(ctx), oauth2.HTTPClient, d.service.client.StandardClient()))
	}
	token, err := d.tokens.Token()
	if err == nil {
		return token.AccessToken, nil
	}
	d.tokens = nil
	if refused := (*oauth2.RetrieveError)(nil); errors.As(err, &refused) && refused.Response != nil {
		return "", d.service.refused(refused.Response)
	}
	return "", d.service.unreachable(ctx, err)
}

func (a dellAsset) answer() Answer {
	if a.Invalid {
		return Answer{Unknown: true}
	}
	answer := Answer{Shipped: dellDay(a.ShipDate), Product: inventory.Clean(cmp.Or(a.System, a.Product))}
	for _, e := range a.Entitlements {
		c := inventory.Coverage{Source: "dell", Level: inventory.Clean(e.Level), Start: dellDay(e.Start), End: dellDay(e.End)}
		if c.End.IsZero() || c.Start > c.End || slices.Contains(dellNotHardware, strings.ToUpper(e.Code)) {
			continue
		}
		c.Kind = "manufacturer"
		if strings.EqualFold(e.Type, "EXTENDED") {
			c.Kind = "extension"
		}
		answer.Coverages = append(answer.Coverages, c)
	}
	return answer
}

// dellDay reads a day. Dell writes the first and last second of a day at its
// seat in Texas as moments in UTC: 2024-03-02T05:59:59.999Z ends the 1st.
func dellDay(moment string) inventory.Day {
	at, err := time.Parse(time.RFC3339, moment)
	if err != nil || at.Hour() == 0 && at.Minute() == 0 {
		return dayOf(moment)
	}
	texas, err := time.LoadLocation("America/Chicago")
	if err != nil {
		return dayOf(moment)
	}
	return dayOf(at.In(texas).Format(time.DateOnly))
}

// bySerial gives the answers under the serials as they were asked.
func bySerial(serials []string, answers map[string]Answer) map[string]Answer {
	asked := make(map[string]Answer, len(serials))
	for _, s := range serials {
		if a, ok := answers[serialKey(s)]; ok {
			asked[s] = a
		}
	}
	return asked
}
