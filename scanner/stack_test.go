package scanner

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"parc/inventory"
)

func TestMembersOfAStackHangOnIt(t *testing.T) {
	t.Parallel()
	stack := inventory.Observation{At: day, Source: inventory.FromSNMP, ScanID: "scan", Ref: "80000009", Address: "192.0.2.1"}
	stack.Add(inventory.FieldSerial, "FOC1111AAAA", "", inventory.High)
	stack.Add(inventory.FieldVendor, "Cisco", "", inventory.High)
	stack.Add(inventory.FieldClass, "switch", "", inventory.High)
	stack.Details.Components = []inventory.Component{
		{Kind: inventory.ComponentStackMember, Name: "Switch 1", Serial: "FOC1111AAAA", Model: "WS-C3850-48P-S"},
		{Kind: inventory.ComponentStackMember, Name: "Switch 2", Serial: "FOC2222BBBB", Model: "WS-C3850-24T-S", Version: "16.3.5b", Position: "2000"},
		{Kind: inventory.ComponentStackMember, Name: "Switch 3", Model: "WS-C3850-24T-S"},
		{Kind: inventory.ComponentPower, Serial: "LIT0000001"},
	}
	got := members(stack)
	if len(got) != 1 {
		t.Fatalf("members %+v", got)
	}
	want := map[inventory.Field]string{
		inventory.FieldSerial: "FOC2222BBBB", inventory.FieldModel: "WS-C3850-24T-S", inventory.FieldVersion: "16.3.5b",
		inventory.FieldVendor: "Cisco", inventory.FieldClass: "switch", inventory.FieldDescription: "Switch 2",
	}
	facts := map[inventory.Field]string{}
	for _, f := range got[0].Facts {
		facts[f.Field] = f.Value
	}
	if diff := cmp.Diff(want, facts); diff != "" {
		t.Errorf("facts (-want +got)\n%s", diff)
	}
	if o := got[0]; o.PartOf != stack.Ref || o.Ref == stack.Ref || o.Address != "" || o.ScanID != "scan" {
		t.Errorf("record %+v", o)
	}
	stack.Facts = stack.Facts[1:]
	if got := members(stack); got != nil {
		t.Errorf("of a stack without a serial: %+v", got)
	}
}
