package store_test

import (
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

// One agent of an enrolment is asked on each day, whoever comes at once, and only
// where the enrolment allows it.
func TestAskNetwork(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		now := day
		s := storetest.OpenWith(t, store.Options{DSN: dsn, Key: storetest.Key, Now: func() time.Time { return now }})
		w := newWorld(t, s)
		ctx, a := t.Context(), w.a
		ask := func(id string) bool { return must(s.AskNetwork(ctx, a.scope, id, []string{"c1", "c2"}))(t) }
		var asked atomic.Int32
		var agents sync.WaitGroup
		for range 5 {
			agents.Go(func() {
				if ok, err := s.AskNetwork(ctx, a.scope, a.enrolment.ID, []string{"c1", "c2"}); err != nil {
					t.Error(err)
				} else if ok {
					asked.Add(1)
				}
			})
		}
		agents.Wait()
		if asked.Load() != 1 {
			t.Errorf("%d of five agents are asked", asked.Load())
		}
		e := must(s.Enrolments(ctx, a.scope, a.client.ID))(t)[0]
		if !reflect.DeepEqual(e.AskedWith, []string{"c1", "c2"}) || e.AskedAt == nil || !e.AskedAt.Equal(now) || e.MayAsk(now) {
			t.Errorf("noted %+v", e)
		}
		if others := must(s.Enrolments(ctx, admin, w.b.client.ID))(t)[0]; others.AskedAt != nil {
			t.Error("another client's enrolment is noted")
		}
		now = time.Date(2026, 11, 24, 0, 0, 1, 0, time.UTC)
		if !e.MayAsk(now) || !ask(a.enrolment.ID) || ask(a.enrolment.ID) {
			t.Error("on the next day one is asked, once")
		}
		plain := must(s.CreateEnrolment(ctx, admin, inventory.Enrolment{ClientID: a.client.ID, SiteID: a.site.ID, Name: "plain", TokenHash: "plain"}))(t)
		if ask(plain.ID) || plain.MayAsk(now) {
			t.Error("an enrolment that does not allow it is asked")
		}
		now = now.Add(24 * time.Hour)
		if err := s.RevokeEnrolment(ctx, admin, a.enrolment.ID); err != nil {
			t.Fatal(err)
		}
		if ask(a.enrolment.ID) {
			t.Error("a revoked enrolment is asked")
		}
	})
}

// What is found is kept once for each address, as it was found last, for a week.
func TestNetworkFinds(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		now := day
		s := storetest.OpenWith(t, store.Options{DSN: dsn, Key: storetest.Key, Now: func() time.Time { return now }})
		w := newWorld(t, s)
		ctx, a := t.Context(), w.a
		keep := func(finds ...inventory.NetworkFind) error {
			return s.KeepNetworkFinds(ctx, a.scope, a.enrolment.ID, finds)
		}
		addresses := func() (all []string) {
			for _, f := range must(s.NetworkFinds(ctx, a.scope, a.enrolment.ID))(t) {
				all = append(all, fmt.Sprint(f.Address, ":", f.Port, " ", f.CredentialID))
			}
			return all
		}
		now = now.Add(5 * 24 * time.Hour)
		if err := keep(inventory.NetworkFind{Address: "192.168.1.8", CredentialID: "old"}, inventory.NetworkFind{Address: "192.168.1.8", Port: 1161, CredentialID: "new"}); err != nil {
			t.Fatal(err)
		}
		if got := addresses(); !reflect.DeepEqual(got, []string{"192.168.1.7:0 c", "192.168.1.8:1161 new"}) {
			t.Errorf("found %q", got)
		}
		now = now.Add(4 * 24 * time.Hour)
		if err := keep(); err != nil {
			t.Fatal(err)
		}
		if got := addresses(); !reflect.DeepEqual(got, []string{"192.168.1.8:1161 new"}) {
			t.Errorf("after nine days %q", got)
		}
		many := make([]inventory.NetworkFind, 8192)
		for i := range many {
			many[i].Address = fmt.Sprintf("10.%d.%d.%d", i>>16, i>>8&255, i&255)
		}
		code(t, keep(many...), inventory.LimitReached, "more than a network has")
		if got := must(s.NetworkFinds(ctx, admin, w.b.enrolment.ID))(t); len(got) != 0 && got[0].ClientID != w.b.client.ID {
			t.Errorf("another client's finds %+v", got)
		}
	})
}
