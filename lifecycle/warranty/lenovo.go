package warranty

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"parc/inventory"
)

// Lenovo's eSupport API, version 2.5.
const (
	lenovoURL   = "https://supportapi.lenovo.com"
	lenovoBatch = 50
)

type lenovo struct {
	service *service
	base    string
	key     inventory.Secret
}

func newLenovo(key Key, o Options) *lenovo {
	return &lenovo{service: newService("Lenovo", o), base: cmp.Or(o.BaseURL, lenovoURL), key: key.Secret}
}

// Name implements Maker.
func (l *lenovo) Name() string { return "lenovo" }

// Makes implements Maker.
func (l *lenovo) Makes(vendor string) bool {
	return strings.HasPrefix(strings.ToLower(vendor), "lenovo")
}

// Batch implements Maker.
func (l *lenovo) Batch() int { return lenovoBatch }

type lenovoMachine struct {
	Serial    string
	Product   string
	Shipped   string
	Warranty  []lenovoWarranty
	ErrorCode json.RawMessage
}

type lenovoWarranty struct {
	Type     string // BASE, UPGRADE, EXTENDED, INSTANT, UNKNOWN
	Name     string
	Delivery string `json:"DeliveryType"`
	Start    string
	End      string
}

// Ask implements Maker. For one serial Lenovo answers with an object, for
// several with a list.
func (l *lenovo) Ask(ctx context.Context, serials []string) (map[string]Answer, error) {
	var raw json.RawMessage
	query := url.Values{"Serial": {strings.Join(serials, ",")}}
	err := l.service.get(ctx, l.base+"/v2.5/warranty?"+query.Encode(), http.Header{"Clientid": {l.key.Reveal()}}, &raw)
	if err != nil {
		return nil, err
	}
	var machines []lenovoMachine
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("[")) {
		err = json.Unmarshal(raw, &machines)
	} else {
		machines = make([]lenovoMachine, 1)
		err = json.Unmarshal(raw, &machines[0])
	}
	if err != nil {
		return nil, inventory.Errorf(inventory.Unavailable, "Lenovo answers with something that is not what it documents")
	}
	answers := map[string]Answer{}
	for _, m := range machines {
		serial, _, _ := strings.Cut(m.Serial, ".") // SERIAL.MACHINETYPE where a serial is not one machine's alone
		if serial == "" && len(serials) == 1 {
			serial = serials[0]
		}
		answers[serialKey(serial)] = m.answer()
	}
	return bySerial(serials, answers), nil
}

var lenovoKinds = map[string]string{"BASE": "manufacturer", "UPGRADE": "care-pack", "EXTENDED": "extension", "INSTANT": "extension"}

func (m lenovoMachine) answer() Answer {
	if len(m.ErrorCode) > 0 && string(m.ErrorCode) != "null" && string(m.ErrorCode) != "0" {
		return Answer{Unknown: true}
	}
	answer := Answer{Shipped: dayOf(m.Shipped), Product: inventory.Clean(m.Product)}
	for _, w := range m.Warranty {
		c := inventory.Coverage{Source: "lenovo", Level: inventory.Clean(cmp.Or(w.Name, w.Delivery)), Start: dayOf(w.Start), End: dayOf(w.End)}
		if c.End.IsZero() || c.Start > c.End {
			continue
		}
		c.Kind = cmp.Or(lenovoKinds[strings.ToUpper(w.Type)], "manufacturer")
		if w.Delivery == "ON_SITE" && c.Kind != "manufacturer" {
			c.Kind = "on-site"
		}
		answer.Coverages = append(answer.Coverages, c)
	}
	return answer
}
