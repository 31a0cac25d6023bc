package api_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"parc/inventory/store/storetest"
)

// wrong is a request that says something impossible, and the field that says it.
type wrong struct{ noun, method, path, body, field string }

// impossible lists, for every noun with days or money, what cannot be: an end
// before its start, a day that is none, a negative price, two currencies, an
// amount without a currency, what names no class, kind or thing.
func impossible(p place) []wrong {
	client := "/clients/" + p.client.ID
	var all []wrong
	noun := ""
	add := func(method, path, body, field string) {
		all = append(all, wrong{noun, method, "/api/v1" + path, body, field})
	}
	// both asks to make one, and to change the one that is there.
	both := func(list, id, needed string, fields ...[2]string) {
		for _, f := range fields {
			add("POST", client+"/"+list, "{"+needed+","+f[0]+"}", f[1])
			add("PATCH", "/"+list+"/"+id, "{"+f[0]+"}", f[1])
		}
	}
	const usd, negative, bare, odd = `{"minor":5,"currency":"USD"}`, `{"minor":-1,"currency":"EUR"}`, `{"minor":5,"currency":""}`, `{"minor":5,"currency":"euro"}`

	noun = "coverage"
	both("coverages", p.coverage, `"asset_id":"`+p.asset+`","kind":"support","level":"x"`,
		[2]string{`"start":"2026-01-01","end":"2025-12-31"`, "end"}, [2]string{`"start":"2026-02-30","end":"2027-01-01"`, "start"},
		[2]string{`"end":"2026-02-30"`, "end"}, [2]string{`"end":"soon"`, "end"})

	noun = "financing"
	lease := `"kind":"lease","start":"2026-01-01","months":36,"instalment":{"minor":100,"currency":"EUR"}`
	leases := func(fields ...[2]string) {
		for _, f := range fields {
			add("POST", client+"/financings", "{"+lease+","+f[0]+"}", f[1])
			add("PATCH", "/financings/"+p.financing, "{"+lease+","+f[0]+"}", f[1])
		}
	}
	both("financings", p.financing, `"kind":"purchase"`, [2]string{`"start":"2026-02-30"`, "start"}, [2]string{`"start":"2026-01-01","price":` + negative, "price.minor"})
	for _, field := range []string{"price", "residual", "return_cost", "first_instalment", "deposit", "premium"} {
		second := field // of two currencies the later field is the wrong one
		if field == "price" {
			second = "instalment"
		}
		leases([2]string{`"` + field + `":` + usd, second}, [2]string{`"` + field + `":` + negative, field + ".minor"},
			[2]string{`"` + field + `":` + bare, field + ".currency"}, [2]string{`"` + field + `":` + odd, field + ".currency"})
	}
	for _, field := range []string{"signed_on", "in_service", "insured_until", "option_from", "option_until"} {
		leases([2]string{`"` + field + `":"2026-02-30"`, field})
	}
	leases([2]string{`"option_from":"2027-01-02","option_until":"2027-01-01"`, "option_until"}, [2]string{`"notice_months":1,"notice_days":30`, "notice_days"},
		[2]string{`"index_bps":99999`, "index_bps"}, [2]string{`"exit_permille":-1`, "exit_permille"}, [2]string{`"period_months":-1`, "period_months"},
		[2]string{`"tacit_months":-1`, "tacit_months"}, [2]string{`"vat_permille":1001`, "vat_permille"}, [2]string{`"rate_bps":-1`, "rate_bps"})
	add("POST", client+"/financings", `{"kind":"lease","start":"2026-01-01"}`, "months")
	add("POST", client+"/financings", `{"kind":"loan","start":"2026-01-01","months":12}`, "price")
	add("POST", client+"/financings", `{"kind":"gift","start":"2026-01-01"}`, "kind")

	noun = "amendment"
	amend := func(amendment, field string) {
		leases([2]string{`"asset_ids":["` + p.asset + `"],"amendments":[{"day":"2026-06-01","term":"co-terminous","instalment":{"minor":90,"currency":"EUR"}},{` + amendment + `}]`, "amendments[1]." + field})
	}
	amend(`"day":"2026-09-31","term":"restart","months":12`, "day")
	amend(`"day":"2026-05-01","term":"restart","months":12`, "day")
	amend(`"day":"2025-12-01","term":"restart","months":12`, "day")
	amend(`"day":"2029-12-01","term":"restart","months":12`, "day")
	amend(`"day":"2026-06-01","term":"restart","months":12`, "day")
	amend(`"day":"2026-07-01","term":"restart"`, "months")
	amend(`"day":"2026-07-01","term":"co-terminous","months":3`, "months")
	amend(`"day":"2026-07-01","term":"maybe"`, "term")
	amend(`"day":"2026-07-01","term":"co-terminous"`, "instalment")
	amend(`"day":"2026-07-01","term":"own","months":12,"assets_in":["x"]`, "instalment")
	amend(`"day":"2026-07-01","term":"co-terminous","instalment":`+usd, "instalment")
	amend(`"day":"2026-07-01","term":"co-terminous","instalment":`+negative, "instalment.minor")
	amend(`"day":"2026-07-01","term":"co-terminous","signed_on":"2026-02-30","assets_out":["`+p.asset+`"]`, "signed_on")
	amend(`"day":"2026-07-01","term":"co-terminous","assets_in":["`+p.asset+`"]`, "assets_in")
	amend(`"day":"2026-07-01","term":"co-terminous","assets_out":["nobody"]`, "assets_out")
	add("PATCH", "/financings/"+p.financing, `{"kind":"purchase","amendments":[{"day":"2026-07-01","term":"restart","months":12}]}`, "amendments")

	noun = "licence"
	both("licences", p.licence, `"publisher":"P","product":"X","metric":"user","quantity":3,"kind":"subscription"`,
		[2]string{`"start":"2026-01-01","end":"2025-12-31"`, "end"}, [2]string{`"start":"2026-02-30"`, "start"}, [2]string{`"end":"2026-02-30"`, "end"},
		[2]string{`"maintenance_end":"2026-02-30"`, "maintenance_end"}, [2]string{`"unit_price":` + negative, "unit_price.minor"},
		[2]string{`"unit_price":` + bare, "unit_price.currency"}, [2]string{`"assigned":1,"active":2`, "active"}, [2]string{`"notice_months":-1`, "notice_months"})
	add("PATCH", "/licences/"+p.licence, `{"quantity":0}`, "quantity")
	add("PATCH", "/licences/"+p.licence, `{"metric":"moon"}`, "metric")

	noun = "contract"
	both("contracts", p.contractID, `"kind":"telecom","party":"P","title":"T","months":12`,
		[2]string{`"start":"2026-02-30"`, "start"}, [2]string{`"start":"2026-01-01","insured_until":"2026-02-30"`, "insured_until"},
		[2]string{`"start":"2026-01-01","price":` + negative, "price.minor"}, [2]string{`"start":"2026-01-01","insured_up_to":` + negative, "insured_up_to.minor"},
		[2]string{`"start":"2026-01-01","price":{"minor":5,"currency":"EUR"},"insured_up_to":` + usd, "insured_up_to"},
		[2]string{`"start":"2026-01-01","notice_months":1,"notice_days":1`, "notice_days"}, [2]string{`"start":"2026-01-01","levels":[{"level":2,"hours":"lunch"}]`, "levels"})
	add("PATCH", "/contracts/"+p.contractID, `{"months":0}`, "months")

	noun = "intervention"
	both("interventions", p.intervention, `"asset_id":"`+p.asset+`","level":2,"kind":"failure","summary":"S"`,
		[2]string{`"opened_at":"2026-11-20T08:00:00Z","responded_at":"2026-11-19T08:00:00Z"`, "responded_at"},
		[2]string{`"opened_at":"2026-11-20T08:00:00Z","resolved_at":"2026-11-19T08:00:00Z"`, "resolved_at"},
		[2]string{`"opened_at":"2026-02-30T08:00:00Z"`, "opened_at"}, [2]string{`"opened_at":"2026-11-20T08:00:00Z","cost":` + negative, "cost.minor"},
		[2]string{`"opened_at":"2026-11-20T08:00:00Z","work_minutes":-5`, "work_minutes"})
	add("PATCH", "/interventions/"+p.intervention, `{"level":4}`, "level")

	noun = "price"
	both("prices", p.price, `"reference":"R"`, [2]string{`"class":"laptop","amount":` + negative, "amount.minor"}, [2]string{`"class":"laptop","amount":` + odd, "amount.currency"},
		[2]string{`"class":"laptop","amount":{"minor":0,"currency":"EUR"}`, "amount"}, [2]string{`"class":"toaster","amount":` + usd, "class"},
		[2]string{`"class":"laptop","amount":` + usd + `,"day":"2026-02-30"`, "day"})

	noun = "policy"
	for body, field := range map[string]string{
		`{"threshold":` + negative + `}`: "threshold.minor", `{"risk_cost":{"laptop":` + negative + `}}`: "risk_cost",
		`{"risk_cost":{"laptop":` + usd + `,"server":{"minor":5,"currency":"EUR"}}}`: "risk_cost", `{"life_months":{"laptop":-1}}`: "life_months",
		`{"inflation_bps":{"toaster":100}}`: "inflation_bps", `{"inflation_bps":{"laptop":99999}}`: "inflation_bps", `{"year_end_month":13}`: "year_end_month",
		`{"depreciate_over":-1}`: "depreciate_over", `{"discount_bps":-1}`: "discount_bps", `{"notice_warn_days":-1}`: "notice_warn_days", `{"method":"magic"}`: "method",
	} {
		add("PUT", client+"/policy", body, field)
		add("PUT", "/settings/policy", body, field)
	}

	noun = "scenario"
	both("scenarios", p.scenario, `"name":"N"`, [2]string{`"from":2027,"years":0`, "years"}, [2]string{`"from":1999,"years":3`, "from"},
		[2]string{`"from":2027,"years":3,"caps":{"2040":{"minor":5,"currency":"EUR"}}`, "caps"}, [2]string{`"from":2027,"years":3,"caps":{"2027":` + negative + `}`, "caps"},
		[2]string{`"from":2027,"years":3,"caps":{"2027":` + usd + `,"2028":{"minor":5,"currency":"EUR"}}`, "caps"}, [2]string{`"from":2027,"years":3,"pinned":{"x":2040}`, "pinned"},
		[2]string{`"from":2027,"years":3,"first":["toaster"]`, "first"}, [2]string{`"from":2027,"years":3,"lots":{"x":-1}`, "lots"},
		[2]string{`"from":2027,"years":3,"life_months":{"laptop":-1}`, "life_months"}, [2]string{`"from":2027,"years":3,"lease_months":-1`, "lease_months"})
	return all
}

// TestImpossibleIsRefused: what cannot be is told of its field, and nothing is stored.
func TestImpossibleIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	lists := []string{"/settings/policy", "/prices"}
	for _, list := range []string{"coverages", "financings", "licences", "contracts", "interventions", "prices", "policy", "scenarios"} {
		lists = append(lists, "/clients/"+w.a.client.ID+"/"+list)
	}
	stored := func() string {
		var all strings.Builder
		for _, list := range lists {
			answer := w.call("admin", "GET", "/api/v1"+list, "")
			if answer.Code != http.StatusOK {
				t.Fatalf("GET %s: %d", list, answer.Code)
			}
			all.Write(answer.Body.Bytes())
		}
		return all.String()
	}
	before := stored()
	for _, c := range impossible(w.a) {
		answer := w.call("admin", c.method, c.path, c.body)
		var problem struct {
			Errors []struct{ Location, Message string }
		}
		if err := json.Unmarshal(answer.Body.Bytes(), &problem); err != nil {
			t.Fatal(err)
		}
		places := make([]string, len(problem.Errors))
		for i, e := range problem.Errors {
			places[i] = e.Location
		}
		if answer.Code != http.StatusUnprocessableEntity || !slices.Contains(places, "body."+c.field) {
			t.Errorf("%s: %s %s %s\n%d, at %v, want 422 at body.%s\n%s", c.noun, c.method, c.path, c.body, answer.Code, places, c.field, answer.Body)
		}
		if now := stored(); now != before {
			t.Errorf("%s: %s %s %s was stored", c.noun, c.method, c.path, c.body)
			before = now
		}
	}
}
