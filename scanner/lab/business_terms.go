package lab

import "parc/inventory"

// licences is what the company may use.
func licences(day inventory.Day) []Licence {
	yearly := func(publisher, product, edition, metric string, quantity int, cents int64, per, daysLeft int) Licence {
		return Licence{inventory.Licence{
			Publisher: publisher, Product: product, Edition: edition, Metric: metric, Quantity: quantity, Kind: "subscription",
			Start: day.AddDays(daysLeft + 1).AddMonths(-12), End: day.AddDays(daysLeft), Renews: true,
			UnitPrice: inventory.EUR(cents), PerMonths: per, VATPermille: normalVAT, Supplier: supplierIT,
		}, nil}
	}
	kept := func(publisher, product, edition, metric, kind string, quantity int, cents int64, monthsAgo int, devices ...string) Licence {
		return Licence{inventory.Licence{
			Publisher: publisher, Product: product, Edition: edition, Metric: metric, Quantity: quantity, Kind: kind,
			Start: day.AddMonths(-monthsAgo), UnitPrice: inventory.EUR(cents), VATPermille: normalVAT, Supplier: supplierIT,
		}, devices}
	}
	antivirus := yearly("ESET", "ESET PROTECT", "Entry", "device", 10, 38_50, 12, 26)
	antivirus.Renews = false
	antivirus.Devices = []string{"PC-ACCUEIL", "PC-COMPTA", "PC-DEVIS", "PC-BE1", "PC-BE2", "PORT-GERANT", "PORT-CHANTIER", "SRV-AD", "SRV-SAGE"}
	return []Licence{
		yearly("Microsoft", "Microsoft 365 Business", "Standard", "user", 9, 11_70, 1, 58),
		yearly("Microsoft", "Microsoft 365 Business", "Basic", "user", 6, 5_60, 1, 58),
		antivirus,
		yearly("Sage", "Sage 100", "Comptabilité et Gestion commerciale", "concurrent", 3, 642_00, 12, 141),
		yearly("TopSolid", "TopSolid'Wood", "maintenance", "concurrent", 2, 1_480_00, 12, 38),
		yearly("Veeam", "Veeam Backup", "Essentials", "server", 3, 189_00, 12, -12),
		yearly("TeamViewer", "TeamViewer", "Business", "concurrent", 1, 394_80, 12, 203),
		kept("Microsoft", "Windows Server 2016", "Standard", "core", "oem", 16, 720_00, 103, "SRV-AD"),
		kept("Microsoft", "Windows Server 2012 R2", "Standard", "server", "oem", 1, 640_00, 143, "SRV-SAGE"),
		kept("Microsoft", "Windows Server CAL 2016", "", "cal", "perpetual", 15, 29_00, 103),
		kept("Microsoft", "SQL Server 2014", "Standard", "server", "perpetual", 1, 790_00, 141, "SRV-SAGE"),
		kept("Dassault Systèmes", "SOLIDWORKS 2022", "Standard", "concurrent", "perpetual", 1, 6_600_00, 36),
	}
}

// contracts is what the company has signed.
func contracts(day inventory.Day) []Contract {
	january := inventory.NewDay(day.Time().Year(), 1, 1)
	managed := []string{
		"FW-LEFEVRE", "SW-BUREAU", "SW-ATELIER", "SW-EXPO", "WIFI-BUREAU", "WIFI-ATELIER", "SRV-ESX", "SRV-AD", "SRV-SAGE", "SRV-GED",
		"NAS-01", "NAS-SAUVE", "ONDULEUR", "PC-ACCUEIL", "PC-COMPTA", "PC-DEVIS", "PC-BE1", "PC-BE2", "PORT-GERANT", "PORT-CHANTIER", "MAC-EXPO",
	}
	return []Contract{
		{inventory.Contract{
			Kind: "managed-service", Party: supplierIT, Reference: "INF-2021-044", Title: "Infogérance du parc, forfait",
			Start: monthOf(day, -32), Months: 36, TacitMonths: 12, NoticeMonths: 3,
			Price: inventory.EUR(684_00), PriceMonths: 1, VATPermille: normalVAT, Levels: []inventory.ServiceLevel{{Level: inventory.Remote, Hours: "Mo-Fr 09:00-18:00", ResponseMinutes: 240, ResolutionMinutes: 480}},
			Notes: "GTI 1 h bloquant, 4 h gênant ; une visite par trimestre. Congé par lettre recommandée.",
		}, managed},
		{inventory.Contract{
			Kind: "telecom", Party: supplierPhone, Reference: "AT-88213", Title: "Fibre dédiée 200 Mbit/s, secours 4G, 6 canaux SIP",
			Start: monthOf(day, -29), Months: 36, TacitMonths: 12, NoticeMonths: 2, Price: inventory.EUR(312_00), PriceMonths: 1, VATPermille: normalVAT,
		}, []string{"FW-LEFEVRE", "IPBX", "TEL-ACCUEIL"}},
		{inventory.Contract{
			Kind: "maintenance", Party: supplierCopier, Reference: "CP-1930-C", Title: "Maintenance du copieur, coût à la page",
			Start: monthOf(day, -20), Months: 48, TacitMonths: 12, NoticeMonths: 3, Price: inventory.EUR(174_00), PriceMonths: 3, VATPermille: normalVAT,
			Notes: "0,0039 € la page noire, 0,039 € la page couleur, relevé trimestriel.",
		}, []string{"COPIEUR"}},
		{inventory.Contract{
			Kind: "maintenance", Party: "Vigie Sécurité 44", Reference: "VS-2023-311", Title: "Entretien de la vidéosurveillance",
			Start: monthOf(day, -11), Months: 12, TacitMonths: 12, NoticeMonths: 1, Price: inventory.EUR(290_00), PriceMonths: 12, VATPermille: normalVAT,
		}, []string{"CAM-ENTREE", "CAM-ATELIER"}},
		{inventory.Contract{
			Kind: "maintenance", Party: "Sage", Reference: "DSU-100-77120", Title: "Assistance et mises à jour Sage 100",
			Start: monthOf(day, -7), Months: 12, TacitMonths: 12, NoticeMonths: 3, Price: inventory.EUR(1_926_00), PriceMonths: 12, VATPermille: normalVAT,
		}, []string{"SRV-SAGE", "PC-COMPTA"}},
		{inventory.Contract{
			Kind: "insurance", Party: insurer, Reference: "BI-440-0091", Title: "Tous risques informatiques",
			Start: january.AddMonths(-48), Months: 12, TacitMonths: 12, NoticeMonths: 2, Price: inventory.EUR(486_00), PriceMonths: 12,
			Notes: "Capital 45 000 €, franchise 350 €, perte de données comprise.",
		}, []string{"SRV-ESX", "SRV-AD", "SRV-SAGE", "NAS-01", "PC-BE1", "PC-BE2", "COPIEUR"}},
	}
}
