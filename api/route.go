package api

import (
	"context"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/sse"

	"parc/inventory"
)

// right is what a caller must be allowed for a route.
type right int

const (
	anyone  right = iota // not signed in
	session              // signed in, even with a password still to be changed
	read                 // everybody, of their own clients
	change               // assets, sites, credentials, schedules
	scan                 // start and stop scans
	money                // contracts, licences, financing, coverage
	admin                // users, new clients
)

var rightsOf = map[inventory.Role]map[right]bool{
	inventory.RoleAdmin:      {session: true, read: true, change: true, scan: true, money: true, admin: true},
	inventory.RoleTechnician: {session: true, read: true, change: true, scan: true, money: true},
	inventory.RoleManager:    {session: true, read: true, money: true},
	inventory.RoleClient:     {session: true, read: true},
}

// routes is the API.
func (s *Server) routes() {
	route(s, "GET", "/health", anyone, "Is the server well?", s.health)

	route(s, "POST", "/session", anyone, "Sign in", s.signIn)
	route(s, "GET", "/session", session, "Who is signed in", s.whoAmI)
	route(s, "DELETE", "/session", session, "Sign out", s.signOut)
	route(s, "POST", "/session/password", session, "Change the own password", s.changePassword)

	route(s, "GET", "/calendars", read, "The own calendars that programs subscribe to", s.listCalendars)
	route(s, "POST", "/calendars", read, "Make a calendar that programs subscribe to; only this answer holds its address", s.addCalendar)
	route(s, "DELETE", "/calendars/{id}", read, "Make a calendar's address worthless", s.deleteCalendar)

	route(s, "GET", "/overview", read, "Every client at a glance", s.showOverview)

	route(s, "GET", "/clients", read, "List clients", s.listClients)
	route(s, "POST", "/clients", admin, "Add a client", s.addClient)
	route(s, "GET", "/clients/{id}", read, "A client", s.showClient)
	route(s, "PATCH", "/clients/{id}", change, "Change a client", s.patchClient)
	route(s, "GET", "/clients/{id}/sites", read, "A client's sites", s.listSites)
	route(s, "POST", "/clients/{id}/sites", change, "Add a site", s.addSite)
	route(s, "PATCH", "/sites/{id}", change, "Change a site", s.patchSite)

	route(s, "GET", "/clients/{id}/assets", read, "A client's assets", s.listAssets)
	route(s, "GET", "/clients/{id}/asset-counts", read, "A client's assets, counted by class", s.countAssets)
	route(s, "GET", "/clients/{id}/software", read, "What is installed, as products, against the licences", s.listSoftware)
	route(s, "GET", "/clients/{id}/software/devices", read, "On which devices a product is installed", s.listSoftwareDevices)
	route(s, "GET", "/clients/{id}/findings", read, "What is wrong, worst first", s.listFindings)
	route(s, "GET", "/assets/{id}", read, "An asset", s.showAsset)
	route(s, "PATCH", "/assets/{id}", change, "Change an asset; values given are pinned", s.patchAsset)
	route(s, "GET", "/assets/{id}/history", read, "What changed on an asset, latest first", s.listHistory)
	route(s, "GET", "/assets/{id}/lifecycle", read, "Coverage, financing, support and findings of an asset", s.showLifecycle)

	s.identityRoutes()

	s.businessRoutes()

	s.attachmentRoutes()
	s.importRoutes()
	download(s, "/clients/{id}/export", money, "A client whole, in open formats, as a zip file", "application/zip", s.exportClient)

	s.discoveryRoutes()

	s.reportRoutes()

	route(s, "GET", "/catalogue/products", read, "What is known of products", s.listProducts)
	route(s, "GET", "/catalogue/products/{product}", read, "A product's releases and their ends of support", s.showProduct)
	route(s, "POST", cataloguePath, admin, "Load a catalogue in the form of endoflife.date's API v1", s.loadCatalogue)

	route(s, "GET", "/clients/{id}/warranty-lookups", read, "When manufacturers were last asked about a client's assets", s.listWarrantyLookups)
	route(s, "GET", "/warranty-keys", admin, "Which manufacturers can be asked about warranties", s.listMakerKeys)
	route(s, "PUT", "/warranty-keys/{maker}", admin, "Keep the key of a manufacturer's service", s.setMakerKey)
	route(s, "DELETE", "/warranty-keys/{maker}", admin, "Forget the key of a manufacturer's service", s.deleteMakerKey)
	route(s, "POST", "/warranty-lookups", admin, "Ask the manufacturers now about every machine that is due", s.fetchWarranties)

	route(s, "GET", "/users", admin, "List users", s.listUsers)
	route(s, "POST", "/users", admin, "Add a user; the answer holds a one-time password", s.addUser)
	route(s, "PATCH", "/users/{id}", admin, "Change a user, or give a new one-time password", s.patchUser)
}

// discoveryRoutes are about how records arrive: scans, their schedules and secrets, agents.
func (s *Server) discoveryRoutes() {
	route(s, "GET", "/clients/{id}/scans", read, "A client's scans, latest first", s.listScans)
	route(s, "POST", "/clients/{id}/scans", scan, "Start a scan", s.startScan)
	route(s, "GET", "/scans/{id}", read, "A scan", s.showScan)
	route(s, "POST", "/scans/{id}/cancel", scan, "Stop a scan", s.cancelScan)
	s.stream("/scans/{id}/events", "Follow a scan: progress until it ends")

	route(s, "GET", "/clients/{id}/schedules", read, "A client's schedules", s.listSchedules)
	route(s, "POST", "/clients/{id}/schedules", change, "Add a schedule", s.addSchedule)
	route(s, "PATCH", "/schedules/{id}", change, "Change a schedule", s.patchSchedule)
	route(s, "DELETE", "/schedules/{id}", change, "Remove a schedule", s.deleteSchedule)
	route(s, "GET", "/clients/{id}/credentials", change, "A client's SNMP credentials, without their secrets", s.listCredentials)
	route(s, "POST", "/clients/{id}/credentials", change, "Add an SNMP credential", s.addCredential)
	route(s, "DELETE", "/credentials/{id}", change, "Remove an SNMP credential", s.deleteCredential)

	route(s, "GET", "/clients/{id}/enrolments", change, "The tokens with which a client's agents report in", s.listEnrolments)
	route(s, "POST", "/clients/{id}/enrolments", change, "Make a token for the agents of a site; only this answer holds it", s.addEnrolment)
	route(s, "DELETE", "/enrolments/{id}", change, "Make a token worthless", s.revokeEnrolment)
	route(s, "GET", "/clients/{id}/agents", read, "The agents that report in for a client, the last heard of first", s.listAgents)
}

// reportRoutes are about documents, and how they look and travel.
func (s *Server) reportRoutes() {
	route(s, "GET", "/clients/{id}/audit", read, "The audit report as a file", s.writeAudit)
	route(s, "GET", "/clients/{id}/reports/{kind}", read, "A report as a file, made now", s.writeReport)
	route(s, "GET", "/clients/{id}/reports", read, "A client's kept reports, latest first", s.listReports)
	route(s, "POST", "/clients/{id}/reports", money, "Make a report and keep it, frozen", s.keepReport)
	route(s, "GET", "/reports/{id}", read, "A kept report as a file", s.writeKept)
	route(s, "DELETE", "/reports/{id}", change, "Forget a kept report", s.deleteReport)
	route(s, "GET", "/clients/{id}/saved-reports", money, "A client's reports that are sent by mail", s.listSavedReports)
	route(s, "POST", "/clients/{id}/saved-reports", money, "Add a report that is sent by mail", s.addSavedReport)
	route(s, "PATCH", "/saved-reports/{id}", money, "Change a report that is sent by mail", s.patchSavedReport)
	route(s, "DELETE", "/saved-reports/{id}", money, "Stop sending a report", s.deleteSavedReport)
	route(s, "POST", "/saved-reports/{id}/send", money, "Send a report now", s.sendSavedReport)
	route(s, "GET", "/settings/provider", read, "How the provider shows itself on documents", s.showProvider)
	route(s, "PATCH", "/settings/provider", admin, "Change how the provider shows itself", s.patchProvider)
	route(s, "GET", "/settings/mail", admin, "The mail server, without its password", s.showMailServer)
	route(s, "PUT", "/settings/mail", admin, "Change the mail server", s.putMailServer)
	route(s, "POST", "/settings/mail/test", admin, "Send a test message", s.testMail)
}

// identityRoutes are about what is one asset and what is two, and about the past.
func (s *Server) identityRoutes() {
	route(s, "POST", "/assets/{id}/merge", change, "Make another asset part of this one", s.mergeAssets)
	route(s, "POST", "/assets/{id}/split", change, "Make a new asset of some records of this one", s.splitAsset)
	route(s, "GET", "/clients/{id}/decisions", read, "Merges and splits, latest first", s.listDecisions)
	route(s, "POST", "/decisions/{id}/undo", change, "Take a merge or a split back", s.undoDecision)
	route(s, "GET", "/clients/{id}/changes", read, "What differs between two days", s.listDifferences)
	route(s, "GET", "/clients/{id}/reviews", read, "Doubts for a person to decide, latest first", s.listReviews)
	route(s, "GET", "/reviews/{id}", read, "A doubt, with the evidence side by side", s.showReview)
	route(s, "POST", "/reviews/{id}/answer", change, "Answer a doubt; the answer is remembered", s.answerReview)
	route(s, "GET", "/clients/{id}/alerts", read, "What left and was seen again", s.listAlerts)
	route(s, "GET", "/clients/{id}/settings", read, "How a client's assets are remembered", s.showSettings)
	route(s, "PUT", "/clients/{id}/settings", change, "Change how a client's assets are remembered", s.putSettings)
	route(s, "POST", "/clients/{id}/forget", change, "Erase one person everywhere", s.forgetPerson)
}

// businessRoutes are what covers things, how they are paid for, what was signed,
// done and decided, and what follows from it.
func (s *Server) businessRoutes() {
	route(s, "GET", "/clients/{id}/coverages", read, "A client's warranties", s.listCoverages)
	route(s, "POST", "/clients/{id}/coverages", money, "Add a warranty", s.addCoverage)
	route(s, "GET", "/coverages/{id}", read, "A warranty", s.showCoverage)
	route(s, "PATCH", "/coverages/{id}", money, "Change a warranty", s.patchCoverage)
	route(s, "DELETE", "/coverages/{id}", money, "Remove a warranty", s.deleteCoverage)
	route(s, "GET", "/clients/{id}/financings", read, "A client's purchases and leases", s.listFinancings)
	route(s, "POST", "/clients/{id}/financings", money, "Add a purchase or a lease", s.addFinancing)
	route(s, "GET", "/financings/{id}", read, "A purchase or a lease", s.showFinancing)
	route(s, "PATCH", "/financings/{id}", money, "Change a purchase or a lease", s.patchFinancing)
	route(s, "DELETE", "/financings/{id}", money, "Remove a purchase or a lease", s.deleteFinancing)
	route(s, "GET", "/financings/{id}/schedule", read, "Instalments, and the ways out of a lease in money", s.showSchedule)
	route(s, "GET", "/clients/{id}/licences", read, "A client's licences", s.listLicences)
	route(s, "POST", "/clients/{id}/licences", money, "Add a licence", s.addLicence)
	route(s, "GET", "/licences/{id}", read, "A licence", s.showLicence)
	route(s, "PATCH", "/licences/{id}", money, "Change a licence", s.patchLicence)
	route(s, "DELETE", "/licences/{id}", money, "Remove a licence", s.deleteLicence)
	route(s, "GET", "/clients/{id}/contracts", read, "A client's contracts", s.listContracts)
	route(s, "POST", "/clients/{id}/contracts", money, "Add a contract", s.addContract)
	route(s, "GET", "/contracts/{id}", read, "A contract", s.showContract)
	route(s, "PATCH", "/contracts/{id}", money, "Change a contract", s.patchContract)
	route(s, "DELETE", "/contracts/{id}", money, "Remove a contract", s.deleteContract)
	route(s, "GET", "/contracts/{id}/service", read, "What was done under a contract beside what it promises", s.showService)
	route(s, "GET", "/clients/{id}/interventions", read, "A client's interventions, latest first", s.listInterventions)
	route(s, "POST", "/clients/{id}/interventions", change, "Add an intervention", s.addIntervention)
	route(s, "GET", "/interventions/{id}", read, "An intervention", s.showIntervention)
	route(s, "PATCH", "/interventions/{id}", change, "Change an intervention", s.patchIntervention)
	route(s, "DELETE", "/interventions/{id}", change, "Remove an intervention", s.deleteIntervention)
	route(s, "GET", "/clients/{id}/scenarios", read, "A client's scenarios", s.listScenarios)
	route(s, "POST", "/clients/{id}/scenarios", money, "Add a scenario", s.addScenario)
	route(s, "GET", "/scenarios/{id}", read, "A scenario", s.showScenario)
	route(s, "PATCH", "/scenarios/{id}", money, "Change a scenario", s.patchScenario)
	route(s, "DELETE", "/scenarios/{id}", money, "Remove a scenario", s.deleteScenario)
	route(s, "GET", "/clients/{id}/prices", read, "A client's price book", s.listPrices)
	route(s, "POST", "/clients/{id}/prices", money, "Add a price", s.addPrice)
	route(s, "GET", "/prices/{id}", read, "A price", s.showPrice)
	route(s, "PATCH", "/prices/{id}", money, "Change a price", s.patchPrice)
	route(s, "DELETE", "/prices/{id}", money, "Remove a price", s.deletePrice)
	route(s, "GET", "/prices", read, "The provider's price book", s.listHousePrices)
	route(s, "POST", "/prices", admin, "Add a price to the provider's book", s.addHousePrice)
	route(s, "GET", "/clients/{id}/policy", read, "What a client has decided", s.showPolicy)
	route(s, "PUT", "/clients/{id}/policy", money, "Decide for a client", s.putPolicy)
	route(s, "DELETE", "/clients/{id}/policy", money, "Back to the provider's policy", s.deletePolicy)
	route(s, "GET", "/settings/policy", read, "What the provider has decided", s.showHousePolicy)
	route(s, "PUT", "/settings/policy", admin, "Decide for the provider", s.putHousePolicy)
	route(s, "GET", "/clients/{id}/forecast", read, "What ends or must be paid", s.showForecast)
	route(s, "GET", "/forecast", read, "What ends or must be paid, over clients", s.showAllForecast)
	route(s, "GET", "/clients/{id}/variance", read, "Replacements as they were forecast, beside the purchases since", s.showVariance)
	route(s, "GET", "/clients/{id}/deadlines", read, "What ends soon and the last days of notice, and when it is written of", s.listDeadlines)
	route(s, "PUT", "/clients/{id}/deadlines", money, "Take note of a deadline, or put it off", s.sayDeadline)
	route(s, "GET", "/clients/{id}/alert-plan", money, "Who is written to of a client's deadlines", s.showAlertPlan)
	route(s, "PUT", "/clients/{id}/alert-plan", money, "Say who is written to of a client's deadlines", s.putAlertPlan)
	route(s, "GET", "/clients/{id}/refresh-plan", read, "The earliest reason to replace each asset", s.showRefreshPlan)
	route(s, "GET", "/clients/{id}/budget", read, "The best year to replace each asset, by scenario", s.showBudget)
	route(s, "GET", "/clients/{id}/compliance", read, "Licences held against what was discovered", s.showCompliance)
	route(s, "GET", "/clients/{id}/value", read, "Book values", s.showValue)
}

// route registers one operation: who may, then the handler, then the one
// translator of errors.
func route[I, O any](s *Server, method, path string, needs right, summary string, handler func(context.Context, *I) (*O, error)) {
	register(s, s.operation(method, path, needs, summary), handler)
}

func register[I, O any](s *Server, op huma.Operation, handler func(context.Context, *I) (*O, error)) {
	mustBind(reflect.TypeFor[I]())
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handler(ctx, in)
		if err != nil {
			return nil, locate(s.translate(ctx, err), op.Method)
		}
		return out, nil
	})
}

// mustBind panics over an input of which part could never be filled: huma tells of
// the parameters of an embedded type that is not exported, and leaves them empty.
func mustBind(input reflect.Type) {
	for field := range input.Fields() {
		if field.Anonymous && !field.IsExported() {
			panic("api: " + input.Name() + " embeds " + field.Name + ", which is not exported: its parameters would stay empty")
		}
	}
}

// doings end the paths of what is done without anything being made.
var doings = []string{"/cancel", "/password", "/preview", "/send", "/test", "/undo"}

func (s *Server) operation(method, path string, needs right, summary string) huma.Operation {
	op := huma.Operation{
		OperationID: operationID(method, path), Method: method, Path: prefix + path, Summary: summary,
		Tags: []string{strings.Split(path, "/")[1]}, MaxBodyBytes: maxBody,
		Middlewares: huma.Middlewares{s.admit(needs)},
	}
	if method == http.MethodPost && needs != anyone && !slices.Contains(doings, path[strings.LastIndexByte(path, '/'):]) {
		op.DefaultStatus = http.StatusCreated
	}
	if path == cataloguePath {
		op.MaxBodyBytes, op.SkipValidateBody = maxCatalogue, true
	}
	if needs != anyone {
		op.Security = []map[string][]string{{"session": {}}}
	}
	return op
}

// operationID names an operation: "get-clients-assets".
func operationID(method, path string) string {
	name := strings.ToLower(method)
	for part := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		switch part {
		case "{id}":
			part = "by-id"
		case "{kind}":
			part = "by-kind"
		}
		name += "-" + part
	}
	return name
}

// stream registers the one stream of events.
func (s *Server) stream(path, summary string) {
	op := s.operation(http.MethodGet, path, read, summary)
	op.Middlewares = append(op.Middlewares, s.seesScan)
	sse.Register(s.api, op, map[string]any{"progress": inventory.Scan{}, "end": scanEnd{}}, s.watchScan)
}
