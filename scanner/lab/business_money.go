package lab

import "parc/inventory"

// bought is a purchase so many months ago; the amount is in euros.
func bought(day inventory.Day, monthsAgo int, supplier, invoice string, euros int64, devices ...string) Financing {
	return Financing{inventory.Financing{
		Kind: inventory.Purchase, Supplier: supplier, Reference: invoice, Start: day.AddMonths(-monthsAgo),
		Price: inventory.EUR(euros * 100), VATPermille: normalVAT,
	}, devices}
}

// rented is a lease that has run for so many months, from the first of a month,
// each instalment due in advance; the instalment is in cents.
func rented(day inventory.Day, kind inventory.FinancingKind, ran, months, period int, lessor, contract string, cents int64, devices ...string) Financing {
	return Financing{inventory.Financing{
		Kind: kind, Supplier: supplierIT, Lessor: lessor, Reference: contract, Start: monthOf(day, -ran),
		Months: months, PeriodMonths: period, Instalment: inventory.EUR(cents), NoticeMonths: 3, VATPermille: normalVAT,
	}, devices}
}

// The company's suppliers. They are made up.
const (
	supplierIT     = "Loire Informatique Services"
	supplierWeb    = "ProMicro Direct"
	supplierCopier = "Bureautique de l'Erdre"
	supplierPhone  = "Armor Télécoms"
	lessorPC       = "Atlantique Location Financière"
	lessorServer   = "Crédit-bail des Pays de Loire"
	insurer        = "Mutuelle des Artisans de l'Ouest"
)

// financings is the purchase ledger.
func financings(day inventory.Day) []Financing {
	esx := rented(day, inventory.CreditBail, 46, 48, 3, lessorServer, "CB-2022-11874", 41_250, "SRV-ESX")
	esx.Residual = inventory.EUR(62_00)
	esx.Notes = "Option d'achat à 1 % en fin de contrat."
	studio := rented(day, inventory.Lease, 33, 36, 3, lessorPC, "ALF-204417", 33_480, "PC-BE1", "PC-BE2")
	studio.Notes = "Sans congé trois mois avant le terme, le contrat repart pour douze mois."
	copier := rented(day, inventory.Lease, 20, 48, 3, lessorPC, "ALF-231902", 26_700, "COPIEUR")
	copier.Supplier = supplierCopier
	laptops := rented(day, inventory.EvolvingLease, 8, 36, 1, lessorPC, "ALF-250066", 9_450, "PORT-GERANT", "PORT-CHANTIER")
	phones := Financing{inventory.Financing{
		Kind: inventory.Subscription, Supplier: supplierPhone, Reference: "AT-88213", Start: monthOf(day, -29),
		PeriodMonths: 1, Instalment: inventory.EUR(118_00), NoticeMonths: 2, VATPermille: normalVAT,
	}, []string{"IPBX", "TEL-ACCUEIL"}}
	return []Financing{
		bought(day, 142, supplierIT, "FA-14-1187", 5480, "SW-BUREAU"),
		bought(day, 143, supplierIT, "FA-14-1102", 2290, "SRV-SAGE", "ILO-SRV-SAGE"),
		bought(day, 131, "Informatique Pomme Services", "F20151204", 1649, "MAC-EXPO"),
		bought(day, 127, supplierWeb, "PMD-0331942", 410, "SW-ATELIER"),
		bought(day, 112, supplierIT, "FA-17-0554", 785, "ONDULEUR"),
		bought(day, 104, supplierIT, "FA-18-0203", 690, "FW-LEFEVRE"),
		bought(day, 103, supplierIT, "FA-18-0240", 2870, "SRV-AD"),
		bought(day, 97, supplierWeb, "PMD-0518820", 1326, "NAS-01"),
		bought(day, 98, supplierWeb, "PMD-0512207", 229, "SW-EXPO"),
		bought(day, 95, supplierWeb, "PMD-0533411", 498, "NAS-SAUVE"),
		bought(day, 88, supplierIT, "FA-19-0731", 1384, "PC-ACCUEIL", "PC-COMPTA"),
		bought(day, 84, supplierIT, "FA-19-1120", 560, "WIFI-BUREAU", "WIFI-ATELIER"),
		bought(day, 78, supplierWeb, "PMD-0611873", 349, "CAM-ENTREE"),
		bought(day, 74, supplierWeb, "PMD-0640019", 139, "CAM-ATELIER"),
		bought(day, 66, supplierWeb, "PMD-0701154", 579, "IMP-ATELIER"),
		bought(day, 61, supplierIT, "FA-21-0902", 799, "PC-DEVIS"),
		bought(day, 50, "Machines Bois Conseil", "MBC-22-0417", 640, "PC-CNC"),
		bought(day, 38, supplierCopier, "BE-23-2210", 415, "IMP-BUREAU"),
		esx, studio, copier, laptops, phones,
	}
}

// covered is a coverage that ends so many days from the day.
func covered(day inventory.Day, device, kind, level string, months, daysLeft int) Coverage {
	end := day.AddDays(daysLeft)
	return Coverage{inventory.Coverage{
		Kind: kind, Level: level, Start: end.AddDays(1).AddMonths(-months), End: end, Source: "hand",
	}, device}
}

// coverages is the warranties that somebody has written down.
func coverages(day inventory.Day) []Coverage {
	return []Coverage{
		covered(day, "FW-LEFEVRE", "support", "FortiCare 8x5", 60, -1340),
		covered(day, "SW-BUREAU", "manufacturer", "matériel, à vie limitée", 60, -2480),
		covered(day, "SRV-SAGE", "on-site", "J+1 sur site", 60, -2520),
		covered(day, "SRV-AD", "on-site", "J+1 sur site", 60, -1305),
		covered(day, "SRV-ESX", "on-site", "J+1 sur site, 4 h pièces", 60, 47),
		covered(day, "NAS-01", "manufacturer", "retour atelier", 36, -1860),
		covered(day, "ONDULEUR", "manufacturer", "échange", 36, -2310),
		covered(day, "PC-DEVIS", "manufacturer", "retour atelier", 36, -760),
		covered(day, "PC-BE1", "on-site", "J+1 sur site", 36, 86),
		covered(day, "PC-BE2", "on-site", "J+1 sur site", 36, 86),
		covered(day, "PORT-GERANT", "care-pack", "J+1 sur site, casse comprise", 36, 852),
		covered(day, "PORT-CHANTIER", "manufacturer", "retour atelier", 12, 121),
		covered(day, "IMP-BUREAU", "care-pack", "échange J+1", 36, -62),
		covered(day, "COPIEUR", "support", "pièces et main-d'œuvre, GTI 8 h", 48, 850),
		covered(day, "CAM-ENTREE", "manufacturer", "échange", 60, -540),
	}
}
