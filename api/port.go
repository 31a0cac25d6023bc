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

	Coverages(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Coverage, error)
	AddCoverage(ctx context.Context, scope inventory.Scope, c inventory.Coverage) (inventory.Coverage, error)
	DeleteCoverage(ctx context.Context, scope inventory.Scope, id string) error
	Financings(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Financing, error)
	AddFinancing(ctx context.Context, scope inventory.Scope, f inventory.Financing) (inventory.Financing, error)
	DeleteFinancing(ctx context.Context, scope inventory.Scope, id string) error
	Licences(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Licence, error)
	AddLicence(ctx context.Context, scope inventory.Scope, l inventory.Licence) (inventory.Licence, error)
	DeleteLicence(ctx context.Context, scope inventory.Scope, id string) error
	Contracts(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Contract, error)
	AddContract(ctx context.Context, scope inventory.Scope, c inventory.Contract) (inventory.Contract, error)
	DeleteContract(ctx context.Context, scope inventory.Scope, id string) error

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
}

// Users is the part of the store that sign-in uses; it knows no scope.
type Users interface {
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
}

// Judge says what assets mean on a day; package lifecycle knows.
type Judge interface {
	// Findings gives what is wrong with the assets, worst first, in a language.
	Findings(assets []inventory.Asset, coverages []inventory.Coverage, day inventory.Day, lang string) []Finding
	// Support gives the support state of the asset's system; nil when nothing is known of it.
	Support(asset inventory.Asset, day inventory.Day, lang string) *SystemSupport
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
