package store_test

import (
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

func TestQuick(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		c, err := s.CreateClient(ctx, storetest.Admin, inventory.Client{Name: "Dupont SARL"})
		if err != nil {
			t.Fatal(err)
		}
		site, err := s.CreateSite(ctx, storetest.Admin, inventory.Site{ClientID: c.ID, Name: "Siège"})
		if err != nil {
			t.Fatal(err)
		}
		o := inventory.Observation{At: time.Now(), Source: inventory.FromSNMP, Ref: "x", Address: "192.168.1.2"}
		o.Add(inventory.FieldSerial, "ABC1234X", "snmp", inventory.High)
		o.Add(inventory.FieldVendor, "Dell", "snmp", inventory.High)
		o.Add(inventory.FieldHostname, "PC-1", "snmp", inventory.High)
		for range 2 {
			out, err := s.Record(ctx, storetest.Admin, c.ID, site.ID, []inventory.Observation{o})
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%+v", out)
		}
		list, next, err := s.Assets(ctx, storetest.Admin, inventory.AssetFilter{ClientID: c.ID, Text: "DELL pc"})
		t.Logf("%+v %q %v", list, next, err)
		a, err := s.Asset(ctx, storetest.Admin, list[0].ID)
		t.Logf("%+v %v", a, err)
	})
}
