package store_test

import (
	"context"
	"maps"
	"time"

	"parc/inventory"
)

func init() { maps.Copy(calls, moneyCalls) }

// moneyCalls are the rows of the matrix about what is owned, owed and covered.
var moneyCalls = map[string]call{
	"CreateCalendar": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		u, err := w.CreateUser(c, inventory.User{Login: inventory.NewID(time.Now()), Role: inventory.RoleTechnician})
		if err != nil {
			return nil, err
		}
		return w.CreateCalendar(c, s, inventory.Calendar{UserID: u.ID, ClientID: x.client.ID, TokenHash: u.ID, Lang: "fr"})
	},
	"AlertPlan": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.AlertPlan(c, s, x.client.ID)
	},
	"SetAlertPlan": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.SetAlertPlan(c, s, inventory.AlertPlan{ClientID: x.client.ID, Lang: "fr"})
	},
	"Deadlines": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.Deadlines(c, s, x.client.ID)
	},
	"SayDeadlines": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return nothing(w.SayDeadlines(c, s, x.client.ID, nil))
	},
	"Coverages": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.Coverages(c, s, x.client.ID)
	},
	"AddCoverage": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.AddCoverage(c, s, inventory.Coverage{ClientID: x.client.ID, AssetID: x.asset.ID})
	},
	"DeleteCoverage": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return nothing(w.DeleteCoverage(c, s, x.coverage.ID))
	},
	"Financings": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.Financings(c, s, x.client.ID)
	},
	"AddFinancing": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.AddFinancing(c, s, inventory.Financing{ClientID: x.client.ID})
	},
	"DeleteFinancing": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return nothing(w.DeleteFinancing(c, s, x.financing.ID))
	},
	"Licences": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.Licences(c, s, x.client.ID)
	},
	"AddLicence": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.AddLicence(c, s, inventory.Licence{ClientID: x.client.ID})
	},
	"DeleteLicence": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return nothing(w.DeleteLicence(c, s, x.licence.ID))
	},
	"Contracts": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.Contracts(c, s, x.client.ID)
	},
	"AddContract": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.AddContract(c, s, inventory.Contract{ClientID: x.client.ID})
	},
	"DeleteContract": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return nothing(w.DeleteContract(c, s, x.contract.ID))
	},
	"Coverage": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.Coverage(c, s, x.coverage.ID)
	},
	"UpdateCoverage": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.UpdateCoverage(c, s, x.coverage)
	},
	"Financing": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.Financing(c, s, x.financing.ID)
	},
	"UpdateFinancing": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.UpdateFinancing(c, s, x.financing)
	},
	"Licence": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.Licence(c, s, x.licence.ID)
	},
	"UpdateLicence": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.UpdateLicence(c, s, x.licence)
	},
	"Contract": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.Contract(c, s, x.contract.ID)
	},
	"UpdateContract": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.UpdateContract(c, s, x.contract)
	},
	"Price": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.Price(c, s, x.price.ID)
	},
	"UpdatePrice": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.UpdatePrice(c, s, x.price)
	},
	"Scenario": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.Scenario(c, s, x.scenario.ID)
	},
	"UpdateScenario": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.UpdateScenario(c, s, x.scenario)
	},
	"Intervention": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.Intervention(c, s, x.intervention.ID)
	},
	"UpdateIntervention": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.UpdateIntervention(c, s, x.intervention)
	},
	"Interventions": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return paged(w.Interventions(c, s, inventory.InterventionFilter{ClientID: x.client.ID}))
	},
	"AddIntervention": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.AddIntervention(c, s, inventory.Intervention{ClientID: x.client.ID, Level: 1, OpenedAt: day})
	},
	"DeleteIntervention": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return nothing(w.DeleteIntervention(c, s, x.intervention.ID))
	},
	"Policy": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.Policy(c, s, x.client.ID)
	},
	"SetPolicy": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.SetPolicy(c, s, inventory.Policy{ClientID: x.client.ID})
	},
	"Prices": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.Prices(c, s, x.client.ID)
	},
	"AddPrice": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.AddPrice(c, s, inventory.Price{ClientID: x.client.ID, Class: inventory.Laptop, Amount: inventory.EUR(1), Day: "2026-01-01"})
	},
	"DeletePrice": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return nothing(w.DeletePrice(c, s, x.price.ID))
	},
	"Scenarios": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.Scenarios(c, s, x.client.ID)
	},
	"AddScenario": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.AddScenario(c, s, inventory.Scenario{ClientID: x.client.ID, Name: "another", From: 2027, Years: 1})
	},
	"DeleteScenario": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return nothing(w.DeleteScenario(c, s, x.scenario.ID))
	},
	"WarrantyLookups": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.WarrantyLookups(c, s, x.client.ID)
	},
	"KeepWarranty": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return nothing(w.KeepWarranty(c, s, inventory.WarrantyLookup{ClientID: x.client.ID, AssetID: x.asset.ID, Maker: "dell"}, nil))
	},
}
