package main

import (
	"context"
	"time"

	"parc/inventory"
)

// demoJob is one intervention of the last months: so many days ago, at an hour
// of the clock, responded to and solved after so many hours.
type demoJob struct {
	ago, hour        int
	class            inventory.Class
	level            inventory.SupportLevel
	kind, summary    string
	response, solved float64 // hours; solved 0: still open
	paused, work     int     // minutes
	euros            int64
	by               string
}

var demoJobs = []demoJob{
	{84, 8, inventory.Desktop, inventory.KnowledgeBase, "request", "Mot de passe oublié", 0.2, 0.4, 0, 10, 0, "Léa Martin"},
	{77, 13, inventory.Printer, inventory.Remote, "failure", "Bourrages à répétition", 1.5, 5, 60, 45, 0, "Karim Benali"},
	{63, 9, inventory.Server, inventory.Remote, "failure", "Sage inaccessible après une coupure", 0.5, 3, 0, 120, 0, "Karim Benali"},
	{55, 14, inventory.AccessPoint, inventory.OnSite, "installation", "Borne Wi-Fi de l'atelier déplacée", 24, 50, 0, 150, 9500, "Karim Benali"},
	{41, 10, inventory.Desktop, inventory.Remote, "request", "Nouveau poste au bureau d'études", 2, 7, 0, 90, 0, "Léa Martin"},
	{34, 16, inventory.UPS, inventory.OnSite, "failure", "Alarme de batterie de l'onduleur", 4, 75, 240, 60, 9500, "Karim Benali"},
	{28, 9, inventory.Server, inventory.Remote, "failure", "Disque plein, sauvegarde en échec", 6, 26, 0, 110, 0, "Léa Martin"},
	{19, 11, inventory.Printer, inventory.Remote, "failure", "Impression impossible depuis la compta", 0.7, 2, 0, 30, 0, "Léa Martin"},
	{12, 9, inventory.NAS, inventory.Remote, "maintenance", "Mise à jour et contrôle des disques", 1, 4, 0, 60, 0, "Karim Benali"},
	{5, 15, inventory.Desktop, inventory.Remote, "failure", "Poste très lent chaque matin", 3, 0, 0, 20, 0, "Léa Martin"},
}

// work adds the interventions of the last three months, under the managed
// service, and the provider's name where none is set.
func (b *business) work(ctx context.Context) error {
	contracts, err := b.store.Contracts(ctx, b.scope, b.client)
	if err != nil {
		return err
	}
	managed := ""
	for _, c := range contracts {
		if c.Kind == "managed-service" {
			managed = c.ID
		}
	}
	for i, j := range demoJobs {
		opened := workday(b.day.AddDays(-j.ago)).Time().Add(time.Duration(j.hour) * time.Hour)
		v := inventory.Intervention{
			ClientID: b.client, ContractID: managed, Level: j.level, Kind: j.kind, Summary: j.summary, OpenedAt: opened, PausedMinutes: j.paused,
			WorkMinutes: j.work, Cost: inventory.EUR(j.euros), By: j.by,
		}
		if assets := b.of(j.class); len(assets) > 0 {
			v.AssetID = assets[i%len(assets)].ID
		}
		responded := opened.Add(time.Duration(j.response * float64(time.Hour)))
		v.RespondedAt = &responded
		if j.solved > 0 {
			solved := opened.Add(time.Duration(j.solved * float64(time.Hour)))
			v.ResolvedAt = &solved
		}
		if _, err := b.store.AddIntervention(ctx, b.scope, v); err != nil {
			return err
		}
	}
	provider, err := b.store.Provider(ctx)
	if err != nil || provider.Name != "" {
		return err
	}
	_, err = b.store.SetProvider(ctx, b.scope, inventory.Provider{
		Name: "Infogérance de l'Ouest", Legal: "Société de démonstration : Infogérance de l'Ouest, 4 quai de la Fosse, 44000 Nantes",
	})
	return err
}

// workday moves a day of the weekend to the Friday before.
func workday(d inventory.Day) inventory.Day {
	for d.Time().Weekday() == time.Saturday || d.Time().Weekday() == time.Sunday {
		d = d.AddDays(-1)
	}
	return d
}
