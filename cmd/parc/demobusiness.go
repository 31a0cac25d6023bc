package main

import (
	"context"
	"fmt"

	"parc/inventory"
	"parc/inventory/store"
)

// business is what no scan can see, of the simulated company. Its dates are
// counted from the day, so that something always ends soon.
type business struct {
	store  *store.Store
	scope  inventory.Scope
	client string
	day    inventory.Day
	assets []inventory.Asset
}

// addBusiness adds purchases, leases, warranties, licences and contracts to the
// scanned assets, once: a client that has contracts is left as it is.
func addBusiness(ctx context.Context, s *store.Store, scope inventory.Scope, clientID string, day inventory.Day) error {
	contracts, err := s.Contracts(ctx, scope, clientID)
	if err != nil || len(contracts) > 0 {
		return err
	}
	b := &business{store: s, scope: scope, client: clientID, day: day}
	err = s.AssetsFull(ctx, scope, inventory.AssetFilter{ClientID: clientID}, func(a inventory.Asset) error {
		b.assets = append(b.assets, a)
		return nil
	})
	if err != nil {
		return err
	}
	for _, add := range []func(context.Context) error{b.purchases, b.leases, b.licences, b.contracts, b.work} {
		if err := add(ctx); err != nil {
			return fmt.Errorf("add the demo's business side: %w", err)
		}
	}
	return nil
}

// purchase is how a class of things was bought: months ago, at a price, with a
// warranty of so many months.
type purchase struct {
	class    inventory.Class
	supplier string
	ago      int
	euros    int64
	warranty int
	level    string
}

var demoPurchases = []purchase{
	{inventory.Server, "Infodis Atlantique", 58, 4890, 60, "J+1 sur site"},
	{inventory.Hypervisor, "Infodis Atlantique", 58, 6450, 60, "J+1 sur site"},
	{inventory.Switch, "Réseaux de l'Ouest", 44, 1180, 36, "échange anticipé"},
	{inventory.Firewall, "Réseaux de l'Ouest", 40, 1420, 36, "échange J+1"},
	{inventory.AccessPoint, "Réseaux de l'Ouest", 30, 185, 24, "retour atelier"},
	{inventory.NAS, "Infodis Atlantique", 33, 1260, 36, "retour atelier"},
	{inventory.UPS, "Infodis Atlantique", 58, 690, 24, "retour atelier"},
	{inventory.Desktop, "Infodis Atlantique", 50, 780, 36, "sur site"},
	{inventory.Workstation, "Infodis Atlantique", 20, 1890, 36, "sur site"},
	{inventory.Laptop, "Infodis Atlantique", 26, 1150, 36, "sur site"},
	{inventory.Camera, "Sécurité Loire", 37, 240, 24, "retour atelier"},
}

// purchases gives each bought thing its invoice and its warranty; things of one
// class were bought some months apart.
func (b *business) purchases(ctx context.Context) error {
	for _, p := range demoPurchases {
		for i, a := range b.of(p.class) {
			start := b.day.AddMonths(-p.ago + 5*(i%4))
			_, err := b.store.AddFinancing(ctx, b.scope, inventory.Financing{
				ClientID: b.client, Kind: inventory.Purchase, Supplier: p.supplier,
				Reference: fmt.Sprintf("F%s-%03d", string(start)[:4], 100+len(p.supplier)+i), Start: start,
				Price: inventory.EUR(p.euros * 100), VATPermille: 200, AssetIDs: []string{a.ID},
			})
			if err != nil {
				return err
			}
			_, err = b.store.AddCoverage(ctx, b.scope, inventory.Coverage{
				ClientID: b.client, AssetID: a.ID, Kind: "manufacturer", Level: p.level, Start: start,
				End: start.AddMonths(p.warranty).AddDays(-1), Source: string(inventory.FromHand), FetchedAt: b.day.Time(),
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// leases: printers and telephones are rented, with little time left on the printers.
func (b *business) leases(ctx context.Context) error {
	for _, l := range []struct {
		class                inventory.Class
		lessor, supplier     string
		reference            string
		left, months, period int // months left, in all, between instalments
		cents                int64
		notice               int
	}{
		{inventory.Printer, "Grenke Location", "Bureautique Services", "LOC-2291-K", 5, 60, 3, 41700, 3},
		{inventory.Phone, "Leasecom", "Télécom Atlantique", "88-104-552", 14, 36, 1, 9800, 3},
	} {
		assets := b.of(l.class)
		if len(assets) == 0 {
			continue
		}
		_, err := b.store.AddFinancing(ctx, b.scope, inventory.Financing{
			ClientID: b.client, Kind: inventory.Lease, Lessor: l.lessor, Supplier: l.supplier, Reference: l.reference,
			Start: b.day.AddMonths(l.left - l.months), Months: l.months, PeriodMonths: l.period,
			Instalment: inventory.EUR(l.cents), NoticeMonths: l.notice, VATPermille: 200, AssetIDs: ids(assets),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *business) licences(ctx context.Context) error {
	computers := len(b.of(inventory.Desktop)) + len(b.of(inventory.Laptop)) + len(b.of(inventory.Workstation))
	for _, l := range []inventory.Licence{
		{Publisher: "Microsoft", Product: "Microsoft 365 Business Standard", Metric: "user", Quantity: 12, Kind: "subscription", Start: b.day.AddMonths(-8), End: b.day.AddMonths(4), Renews: true, UnitPrice: inventory.EUR(1170), PerMonths: 1, Supplier: "Infodis Atlantique"},
		{Publisher: "ESET", Product: "ESET PROTECT Entry", Metric: "device", Quantity: max(1, computers), Kind: "subscription", Start: b.day.AddMonths(-11), End: b.day.AddMonths(1), UnitPrice: inventory.EUR(2900), PerMonths: 12, Supplier: "Infodis Atlantique"},
		{Publisher: "Sage", Product: "Sage 50 Ciel Gestion", Edition: "Standard", Metric: "user", Quantity: 3, Kind: "subscription", Start: b.day.AddMonths(-2), End: b.day.AddMonths(10), Renews: true, UnitPrice: inventory.EUR(6500), PerMonths: 1, Supplier: "Sage"},
		{Publisher: "Veeam", Product: "Veeam Backup Essentials", Metric: "server", Quantity: 2, Kind: "subscription", Start: b.day.AddMonths(-20), End: b.day.AddMonths(4), UnitPrice: inventory.EUR(54000), PerMonths: 12, Supplier: "Infodis Atlantique"},
		{Publisher: "Autodesk", Product: "AutoCAD LT", Metric: "user", Quantity: 2, Kind: "subscription", Start: b.day.AddMonths(-7), End: b.day.AddMonths(5), Renews: true, UnitPrice: inventory.EUR(57600), PerMonths: 12, Supplier: "Autodesk"},
		{Publisher: "Microsoft", Product: "Windows Server CAL", Metric: "cal", Quantity: 15, Kind: "perpetual", Start: b.day.AddMonths(-58), UnitPrice: inventory.EUR(3900), Supplier: "Infodis Atlantique"},
	} {
		l.ClientID, l.VATPermille = b.client, 200
		if _, err := b.store.AddLicence(ctx, b.scope, l); err != nil {
			return err
		}
	}
	return nil
}

func (b *business) contracts(ctx context.Context) error {
	printers := ids(b.of(inventory.Printer))
	for _, c := range []inventory.Contract{
		{Kind: "managed-service", Party: "Votre infogérant", Reference: "INF-0117", Title: "Infogérance du parc, N1 à N3", Start: b.day.AddMonths(-34), Months: 36, TacitMonths: 12, NoticeMonths: 1, Price: inventory.EUR(68000), PriceMonths: 1, Levels: []inventory.ServiceLevel{
			{Level: inventory.KnowledgeBase, Hours: "Mo-Fr 08:30-18:30", ResponseMinutes: 60, ResolutionMinutes: 240},
			{Level: inventory.Remote, Hours: "Mo-Fr 09:00-18:00", ResponseMinutes: 240, ResolutionMinutes: 480},
			{Level: inventory.OnSite, Hours: "Mo-Fr 09:00-18:00", ResponseMinutes: 480, ResolutionMinutes: 1440},
		}},
		{Kind: "telecom", Party: "Télécom Atlantique", Reference: "FTTO-44-0932", Title: "Fibre dédiée 200 Mbit/s et téléphonie", Start: b.day.AddMonths(-32), Months: 36, TacitMonths: 12, NoticeMonths: 3, Price: inventory.EUR(29000), PriceMonths: 1},
		{Kind: "maintenance", Party: "Bureautique Services", Reference: "COPIE-778", Title: "Maintenance des imprimantes, coût à la page", Start: b.day.AddMonths(-55), Months: 60, NoticeMonths: 3, Price: inventory.EUR(12500), PriceMonths: 3, AssetIDs: printers},
		{Kind: "insurance", Party: "Mutuelle de l'Ouest", Reference: "TRI-5521", Title: "Tous risques informatiques", Start: b.day.AddMonths(-10), Months: 12, TacitMonths: 12, NoticeMonths: 2, Price: inventory.EUR(48000), PriceMonths: 12},
	} {
		if c.ClientID, c.VATPermille = b.client, 200; c.Kind == "insurance" {
			c.VATPermille = 0 // taxed otherwise
		}
		if _, err := b.store.AddContract(ctx, b.scope, c); err != nil {
			return err
		}
	}
	return nil
}

func (b *business) of(class inventory.Class) []inventory.Asset {
	var found []inventory.Asset
	for _, a := range b.assets {
		if a.Class == class {
			found = append(found, a)
		}
	}
	return found
}

func ids(assets []inventory.Asset) []string {
	list := make([]string, len(assets))
	for i, a := range assets {
		list[i] = a.ID
	}
	return list
}
