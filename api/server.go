package api

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"parc/inventory"
	"parc/lifecycle"
)

// Options are what a Server is made of. Store, Queue, Judge, Catalogue,
// Documents and Archives are needed.
type Options struct {
	Store     Store
	Queue     Queue
	Judge     Judge
	Catalogue Catalogue
	Documents Documents
	Archives  Archives
	Products  lifecycle.Products // what forecasts know of products; nil: nothing
	Web       http.Handler       // serves every path outside /api; nil: there is no UI
	Log       *slog.Logger
	Now       func() time.Time
	Version   string

	// CheckTargets refuses targets that are none (Invalid) or outside the ranges
	// that the site declares (OutOfRange).
	CheckTargets func(ctx context.Context, targets []string, site inventory.Site) error
	// CheckSchedule refuses a cron expression or a time zone that is none.
	CheckSchedule func(spec, timeZone string) error

	SecureCookie   bool           // the browser speaks TLS, to us or to the proxy before us
	TrustedProxies []netip.Prefix // whose X-Forwarded-For is believed
	SNMPPort       uint16         // at which agents ask devices; 0: 161
	PollEvery      time.Duration  // how often a watched scan is looked at; 0: half a second
}

// Server answers under /api/v1 and hands everything else to the UI.
type Server struct {
	Options
	echo     *echo.Echo
	api      huma.API
	logins   *limiter
	hashing  chan struct{} // bounds the memory that argon2 takes at once
	overview *overviewCache
	tokens   *limiter      // who tries tokens of agents
	reading  chan struct{} // bounds the memory that unpacked messages take at once
	paces    paces
	feeding  chan struct{} // bounds the calendars that are made at once

	uploading, exporting, importing chan struct{}
}

// The limits of requests.
const (
	maxBody         = 1 << 20
	maxCatalogue    = 32 << 20 // the one body that is larger
	readTimeout     = 30 * time.Second
	writeTimeout    = 5 * time.Minute // an audit of a large client
	shutdownTimeout = 5 * time.Second
	parallelHashes  = 4
)

const (
	prefix        = "/api/v1"
	cataloguePath = "/catalogue"
)

// large tells the paths whose bodies have a limit of their own.
func large(c echo.Context) bool {
	path := c.Request().URL.Path
	return path == prefix+cataloguePath || attaches(path) || path == agentPath || strings.HasPrefix(path, agentPath+"/")
}

// attaches tells the paths to which files are sent.
func attaches(path string) bool {
	return strings.HasSuffix(path, "/attachments") || strings.HasSuffix(path, "/imports") || strings.HasSuffix(path, "/imports/preview")
}

// New makes a server; it listens nowhere yet.
func New(o Options) (*Server, error) {
	if o.Store == nil || o.Queue == nil || o.Judge == nil || o.Catalogue == nil || o.Documents == nil || o.Archives == nil || o.CheckTargets == nil || o.CheckSchedule == nil {
		return nil, errors.New("api: Store, Queue, Judge, Catalogue, Documents, Archives, CheckTargets and CheckSchedule are needed")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.PollEvery <= 0 {
		o.PollEvery = 500 * time.Millisecond
	}
	s := &Server{
		Options: o, echo: echo.New(), logins: newLimiter(o.Now),
		hashing: make(chan struct{}, parallelHashes),
		tokens:  newLimiter(o.Now), reading: make(chan struct{}, parallelMessages), overview: newOverviewCache(o.Now),
		feeding:   make(chan struct{}, parallelCalendars),
		uploading: make(chan struct{}, parallelUploads), exporting: make(chan struct{}, parallelExports), importing: make(chan struct{}, parallelImports),
	}
	s.echo.HideBanner, s.echo.HidePort = true, true
	s.echo.IPExtractor = clientAddress(o.TrustedProxies)
	s.echo.HTTPErrorHandler = s.httpError
	s.echo.Use(s.logRequests, middleware.RequestID(), middleware.RecoverWithConfig(middleware.RecoverConfig{
		DisableErrorHandler: false, DisablePrintStack: true, LogErrorFunc: s.logPanic,
	}), s.headers, sameOrigin, middleware.BodyLimitWithConfig(middleware.BodyLimitConfig{Limit: "1M", Skipper: large}),
		middleware.BodyLimitWithConfig(middleware.BodyLimitConfig{
			Limit: strconv.Itoa(maxUpload), Skipper: func(c echo.Context) bool { return !attaches(c.Request().URL.Path) },
		}),
		middleware.GzipWithConfig(middleware.GzipConfig{Skipper: asItIs, MinLength: 1024}))
	s.api = humaecho.New(s.echo, description(o.Version))
	useProblems()
	s.routes()
	s.agentRoutes()
	s.calendarRoutes()
	s.echo.Any("/*", s.elsewhere)
	return s, nil
}

func description(version string) huma.Config {
	config := huma.DefaultConfig("parc", version)
	config.Info.Description = "What clients own, when each thing ends, and what replacing it costs. " +
		"Sign in with POST /api/v1/session; the cookie it sets is sent with every other call."
	config.OpenAPIPath = prefix + "/openapi"
	config.DocsPath = ""
	config.SchemasPath = ""
	config.CreateHooks = nil
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: cookieName},
	}
	return config
}

// Handler gives the server as a handler, for tests and for Serve.
func (s *Server) Handler() http.Handler { return s.echo }

// OpenAPI gives the API's description, as JSON.
func (s *Server) OpenAPI() ([]byte, error) { return s.api.OpenAPI().MarshalJSON() }

// Serve answers on the listener until ctx ends, then lets requests under way
// finish for a short while.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler: s.echo, ReadHeaderTimeout: readTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
		// Watched scans end with the server, not five seconds after it.
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(stop); err != nil {
		_ = server.Close() // what did not end in time is cut
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// elsewhere answers what no route does: JSON under /api, the UI for the rest.
func (s *Server) elsewhere(c echo.Context) error {
	path := c.Request().URL.Path
	if s.Web == nil || path == "/api" || len(path) > 4 && path[:5] == "/api/" {
		return echo.ErrNotFound
	}
	s.Web.ServeHTTP(c.Response(), c.Request())
	return nil
}
