package api

import (
	"context"
	"time"

	"parc/inventory"
)

// Store is what the API needs of the store. Everything that belongs to a client
// goes through a Scope; what is outside it is NotFound.
type Store interface {
	Ping(ctx context.Context) error
	Dialect() string

	Clients(ctx context.Context, scope inventory.Scope, f inventory.ClientFilter) ([]inventory.Client, string, error)
	Client(ctx context.Context, scope inventory.Scope, id string) (inventory.Client, error)
	CreateClient(ctx context.Context, scope inventory.Scope, c inventory.Client) (inventory.Client, error)
	UpdateClient(ctx context.Context, scope inventory.Scope, c inventory.Client) (inventory.Client, error)
	Sites(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Site, error)
	Site(ctx context.Context, scope inventory.Scope, id string) (inventory.Site, error)
	CreateSite(ctx context.Context, scope inventory.Scope, site inventory.Site) (inventory.Site, error)
	UpdateSite(ctx context.Context, scope inventory.Scope, site inventory.Site) (inventory.Site, error)

	Assets(ctx context.Context, scope inventory.Scope, f inventory.AssetFilter) ([]inventory.Asset, string, error)
	AssetsFull(ctx context.Context, scope inventory.Scope, f inventory.AssetFilter, yield func(inventory.Asset) error) error
	Asset(ctx context.Context, scope inventory.Scope, id string) (inventory.Asset, error)
	AssetCounts(ctx context.Context, scope inventory.Scope, f inventory.AssetFilter) (map[inventory.Class]int, error)
	AssetsAsOf(ctx context.Context, scope inventory.Scope, f inventory.AssetFilter, day inventory.Day, yield func(inventory.Asset) error) error
	AssetAsOf(ctx context.Context, scope inventory.Scope, id string, day inventory.Day) (inventory.Asset, error)
	Differences(ctx context.Context, scope inventory.Scope, clientID string, from, to inventory.Day) ([]inventory.Difference, error)
	MergeAssets(ctx context.Context, scope inventory.Scope, id, otherID string) (inventory.Asset, error)
	SplitAsset(ctx context.Context, scope inventory.Scope, id string, sightings []inventory.Sighting) (inventory.Asset, error)
	Decisions(ctx context.Context, scope inventory.Scope, clientID string, p inventory.Page) ([]inventory.Decision, string, error)
	UndoDecision(ctx context.Context, scope inventory.Scope, id string) (inventory.Decision, error)
	Reviews(ctx context.Context, scope inventory.Scope, clientID string, open bool, p inventory.Page) ([]inventory.Review, string, error)
	Review(ctx context.Context, scope inventory.Scope, id string) (inventory.Review, error)
	AnswerReview(ctx context.Context, scope inventory.Scope, id string, answer inventory.ReviewAnswer) (inventory.Review, error)
	Alerts(ctx context.Context, scope inventory.Scope, clientID string, p inventory.Page) ([]inventory.Review, string, error)
	Settings(ctx context.Context, scope inventory.Scope, clientID string) (inventory.Settings, error)
	UpdateSettings(ctx context.Context, scope inventory.Scope, settings inventory.Settings) (inventory.Settings, error)
	Forget(ctx context.Context, scope inventory.Scope, clientID, person string) (int, error)
	PatchAsset(ctx context.Context, scope inventory.Scope, id string, patch inventory.AssetPatch) (inventory.Asset, error)
	History(ctx context.Context, scope inventory.Scope, assetID string, p inventory.Page) ([]inventory.Change, string, error)

	Business
	Attachments
	Imports

	Scan(ctx context.Context, scope inventory.Scope, id string) (inventory.Scan, error)
	Scans(ctx context.Context, scope inventory.Scope, clientID string, p inventory.Page) ([]inventory.Scan, string, error)
	Schedules(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Schedule, error)
	Schedule(ctx context.Context, scope inventory.Scope, id string) (inventory.Schedule, error)
	CreateSchedule(ctx context.Context, scope inventory.Scope, sch inventory.Schedule) (inventory.Schedule, error)
	UpdateSchedule(ctx context.Context, scope inventory.Scope, sch inventory.Schedule) (inventory.Schedule, error)
	DeleteSchedule(ctx context.Context, scope inventory.Scope, id string) error
	Credentials(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Credential, error)
	CreateCredential(ctx context.Context, scope inventory.Scope, c inventory.Credential) (inventory.Credential, error)
	DeleteCredential(ctx context.Context, scope inventory.Scope, id string) error

	Enrolments(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Enrolment, error)
	CreateEnrolment(ctx context.Context, scope inventory.Scope, e inventory.Enrolment) (inventory.Enrolment, error)
	RevokeEnrolment(ctx context.Context, scope inventory.Scope, id string) error
	EnrolmentByToken(ctx context.Context, tokenHash string) (inventory.Enrolment, error)
	AskNetwork(ctx context.Context, scope inventory.Scope, enrolmentID string, credentialIDs []string) (bool, error)
	NetworkFinds(ctx context.Context, scope inventory.Scope, enrolmentID string) ([]inventory.NetworkFind, error)
	KeepNetworkFinds(ctx context.Context, scope inventory.Scope, enrolmentID string, finds []inventory.NetworkFind) error
	Agents(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Agent, error)
	Agent(ctx context.Context, scope inventory.Scope, clientID, device string) (inventory.Agent, error)
	SawAgent(ctx context.Context, scope inventory.Scope, a inventory.Agent) error
	Record(ctx context.Context, scope inventory.Scope, clientID, siteID string, observations []inventory.Observation) (inventory.Outcome, error)

	Reports(ctx context.Context, scope inventory.Scope, clientID, kind string) ([]inventory.Report, error)
	Report(ctx context.Context, scope inventory.Scope, id string) (inventory.Report, error)
	DeleteReport(ctx context.Context, scope inventory.Scope, id string) error
	SavedReports(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.SavedReport, error)
	SavedReport(ctx context.Context, scope inventory.Scope, id string) (inventory.SavedReport, error)
	CreateSavedReport(ctx context.Context, scope inventory.Scope, r inventory.SavedReport) (inventory.SavedReport, error)
	UpdateSavedReport(ctx context.Context, scope inventory.Scope, r inventory.SavedReport) (inventory.SavedReport, error)
	DeleteSavedReport(ctx context.Context, scope inventory.Scope, id string) error
	Provider(ctx context.Context) (inventory.Provider, error)
	SetProvider(ctx context.Context, scope inventory.Scope, p inventory.Provider) (inventory.Provider, error)
	MailServer(ctx context.Context, scope inventory.Scope) (inventory.MailServer, error)
	SetMailServer(ctx context.Context, scope inventory.Scope, m inventory.MailServer) (inventory.MailServer, error)

	Users
	Warranty
}

// Business is the part of the store that holds what no scan can see: what covers
// things, how they are paid for, what was signed, what was done and decided.
type Business interface {
	Coverages(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Coverage, error)
	Coverage(ctx context.Context, scope inventory.Scope, id string) (inventory.Coverage, error)
	AddCoverage(ctx context.Context, scope inventory.Scope, c inventory.Coverage) (inventory.Coverage, error)
	UpdateCoverage(ctx context.Context, scope inventory.Scope, c inventory.Coverage) (inventory.Coverage, error)
	DeleteCoverage(ctx context.Context, scope inventory.Scope, id string) error
	Financings(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Financing, error)
	Financing(ctx context.Context, scope inventory.Scope, id string) (inventory.Financing, error)
	AddFinancing(ctx context.Context, scope inventory.Scope, f inventory.Financing) (inventory.Financing, error)
	UpdateFinancing(ctx context.Context, scope inventory.Scope, f inventory.Financing) (inventory.Financing, error)
	DeleteFinancing(ctx context.Context, scope inventory.Scope, id string) error
	Licences(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Licence, error)
	Licence(ctx context.Context, scope inventory.Scope, id string) (inventory.Licence, error)
	AddLicence(ctx context.Context, scope inventory.Scope, l inventory.Licence) (inventory.Licence, error)
	UpdateLicence(ctx context.Context, scope inventory.Scope, l inventory.Licence) (inventory.Licence, error)
	DeleteLicence(ctx context.Context, scope inventory.Scope, id string) error
	Contracts(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Contract, error)
	Contract(ctx context.Context, scope inventory.Scope, id string) (inventory.Contract, error)
	AddContract(ctx context.Context, scope inventory.Scope, c inventory.Contract) (inventory.Contract, error)
	UpdateContract(ctx context.Context, scope inventory.Scope, c inventory.Contract) (inventory.Contract, error)
	DeleteContract(ctx context.Context, scope inventory.Scope, id string) error
	Prices(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Price, error)
	Price(ctx context.Context, scope inventory.Scope, id string) (inventory.Price, error)
	AddPrice(ctx context.Context, scope inventory.Scope, p inventory.Price) (inventory.Price, error)
	UpdatePrice(ctx context.Context, scope inventory.Scope, p inventory.Price) (inventory.Price, error)
	DeletePrice(ctx context.Context, scope inventory.Scope, id string) error
	Scenarios(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Scenario, error)
	Scenario(ctx context.Context, scope inventory.Scope, id string) (inventory.Scenario, error)
	AddScenario(ctx context.Context, scope inventory.Scope, sc inventory.Scenario) (inventory.Scenario, error)
	UpdateScenario(ctx context.Context, scope inventory.Scope, sc inventory.Scenario) (inventory.Scenario, error)
	DeleteScenario(ctx context.Context, scope inventory.Scope, id string) error
	Interventions(ctx context.Context, scope inventory.Scope, f inventory.InterventionFilter) ([]inventory.Intervention, string, error)
	Intervention(ctx context.Context, scope inventory.Scope, id string) (inventory.Intervention, error)
	AddIntervention(ctx context.Context, scope inventory.Scope, v inventory.Intervention) (inventory.Intervention, error)
	UpdateIntervention(ctx context.Context, scope inventory.Scope, v inventory.Intervention) (inventory.Intervention, error)
	DeleteIntervention(ctx context.Context, scope inventory.Scope, id string) error
	Policy(ctx context.Context, scope inventory.Scope, clientID string) (inventory.Policy, error)
	SetPolicy(ctx context.Context, scope inventory.Scope, p inventory.Policy) (inventory.Policy, error)
}

// Users is the part of the store that sign-in uses; it knows no scope.
type Users interface {
	AlertPlan(ctx context.Context, scope inventory.Scope, clientID string) (inventory.AlertPlan, error)
	SetAlertPlan(ctx context.Context, scope inventory.Scope, p inventory.AlertPlan) (inventory.AlertPlan, error)
	Deadlines(ctx context.Context, scope inventory.Scope, clientID string) (map[string]inventory.Deadline, error)
	SayDeadlines(ctx context.Context, scope inventory.Scope, clientID string, said []inventory.Deadline) error

	Calendars(ctx context.Context, userID string) ([]inventory.Calendar, error)
	CreateCalendar(ctx context.Context, scope inventory.Scope, c inventory.Calendar) (inventory.Calendar, error)
	DeleteCalendar(ctx context.Context, userID, id string) error
	CalendarByToken(ctx context.Context, tokenHash string, now time.Time) (inventory.Calendar, inventory.User, error)

	Users(ctx context.Context) ([]inventory.User, error)
	User(ctx context.Context, id string) (inventory.User, error)
	UserByLogin(ctx context.Context, login string) (inventory.User, error)
	CountUsers(ctx context.Context) (int, error)
	CreateUser(ctx context.Context, u inventory.User) (inventory.User, error)
	UpdateUser(ctx context.Context, u inventory.User) (inventory.User, error)
	CreateSession(ctx context.Context, session inventory.Session) error
	SessionUser(ctx context.Context, tokenHash string, now time.Time) (inventory.User, error)
	DeleteSession(ctx context.Context, tokenHash string) error
	DeleteUserSessions(ctx context.Context, userID string) error
}

// Queue starts and stops scans.
type Queue interface {
	StartScan(ctx context.Context, scope inventory.Scope, scan inventory.Scan) (inventory.Scan, error)
	CancelScan(ctx context.Context, scope inventory.Scope, id string) error
	RunTask(ctx context.Context, name string) error
}

// Judge says what assets mean on a day; package lifecycle knows.
type Judge interface {
	// Findings gives what is wrong with the assets, worst first, in a language.
	Findings(assets []inventory.Asset, coverages []inventory.Coverage, day inventory.Day, lang string) []Finding
	// Support gives the support state of the asset's system; nil when nothing is known of it.
	Support(asset inventory.Asset, day inventory.Day, lang string) *SystemSupport
	// Life gives when the asset's life began and when it ends, by whom, and how up
	// to date it is. The policies are the client's and the provider's, the first
	// that says something counting.
	Life(asset inventory.Asset, financings []inventory.Financing, coverages []inventory.Coverage, policies [2]inventory.Policy, day inventory.Day) Life
}

// Finding is one thing that is wrong with one asset.
type Finding struct {
	Rule     string `json:"rule" doc:"The rule that found it."`
	Severity string `json:"severity" enum:"critical,high,medium,low"`
	Title    string `json:"title"`
	Detail   string `json:"detail,omitempty" doc:"What was seen."`
	AssetID  string `json:"asset_id"`
}

// SystemSupport is how long the maker looks after an asset's system.
type SystemSupport struct {
	Product string        `json:"product"`
	End     inventory.Day `json:"end,omitempty" doc:"The last day of support, in ISO form."`
	State   string        `json:"state" enum:"supported,ending,ended,extended,unknown"`
	Reason  string        `json:"reason,omitempty"`
}

// Life is the course of an asset's life: its beginning, its ends kept apart, and
// how up to date its system is.
type Life struct {
	Purchase  *Purchase      `json:"purchase,omitempty"`
	EndOfLife EndsOfLife     `json:"end_of_life"`
	Updates   *Updates       `json:"updates,omitempty"`
	Windows11 *Windows11     `json:"windows_11,omitempty"`
	Software  []TitleSupport `json:"software" nullable:"false" doc:"Programs, databases and services that the catalogue knows."`
}

// Purchase is when an asset was bought, or is thought to have been.
type Purchase struct {
	Day        inventory.Day `json:"day"`
	From       inventory.Day `json:"from" doc:"The earliest and the latest day it may be."`
	To         inventory.Day `json:"to"`
	Estimate   bool          `json:"estimate"`
	Reason     string        `json:"reason" enum:"said,financing,coverage,serial,bios-date,processor,model,installed,first-seen"`
	Detail     string        `json:"detail,omitempty"`
	Confidence int           `json:"confidence" doc:"In percent."`
}

// End is one date of end of life with what it rests on.
type End struct {
	Kind     string        `json:"kind" enum:"system,hardware,policy,override"`
	Day      inventory.Day `json:"day,omitempty" doc:"The last day; absent where none is announced or known."`
	State    string        `json:"state,omitempty" enum:"supported,ending,ended,extended,unknown"`
	What     string        `json:"what,omitempty"`
	Reason   string        `json:"reason"`
	Source   string        `json:"source,omitempty"`
	SeenOn   inventory.Day `json:"seen_on,omitempty"`
	Stale    bool          `json:"stale,omitempty" doc:"The source was looked at long ago."`
	Estimate bool          `json:"estimate,omitempty" doc:"Counted from an estimated purchase."`
}

// EndsOfLife are the ends of an asset's life: what its makers say, what the
// policy says, what a person set; and the one that counts.
type EndsOfLife struct {
	Vendor    []End `json:"vendor" nullable:"false"`
	Policy    *End  `json:"policy,omitempty"`
	Override  *End  `json:"override,omitempty"`
	Effective *End  `json:"effective,omitempty"`
}

// Updates tells how up to date a system is within its release.
type Updates struct {
	Product   string        `json:"product,omitempty"`
	Branch    string        `json:"branch,omitempty"`
	State     string        `json:"state" enum:"supported,ending,ended,extended,unknown"`
	Observed  string        `json:"observed,omitempty"`
	Latest    string        `json:"latest,omitempty"`
	LatestOn  inventory.Day `json:"latest_on,omitempty"`
	Behind    string        `json:"behind,omitempty" enum:"yes,no" doc:"Older than the newest of its release; absent where versions do not tell."`
	SeenOn    inventory.Day `json:"seen_on,omitempty"`
	PatchedOn inventory.Day `json:"patched_on,omitempty"`
	PatchAge  *int          `json:"patch_age_days,omitempty"`
}

// Windows11 tells whether a machine can take Windows 11.
type Windows11 struct {
	Verdict string   `json:"verdict" enum:"runs,eligible,fixable,replace,unknown"`
	Missing []string `json:"missing,omitempty" doc:"What is missing, or not known: processor, tpm, memory, disk."`
	Family  string   `json:"family,omitempty" doc:"Of the processor."`
	Source  string   `json:"source,omitempty"`
}

// TitleSupport is how long a program's maker looks after it.
type TitleSupport struct {
	Kind    string        `json:"kind" enum:"software,database,service"`
	Name    string        `json:"name"`
	Version string        `json:"version,omitempty"`
	Port    int           `json:"port,omitempty"`
	Product string        `json:"product"`
	End     inventory.Day `json:"end,omitempty"`
	State   string        `json:"state" enum:"supported,ending,ended,extended,unknown"`
	Kept    bool          `json:"kept,omitempty" doc:"Built and mended by the system's distribution: its maker's dates do not count."`
	Source  string        `json:"source,omitempty"`
	SeenOn  inventory.Day `json:"seen_on,omitempty"`
}
