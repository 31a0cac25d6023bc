package api

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"parc/inventory"
	"parc/lifecycle/calendar"
)

const (
	calendarPath      = prefix + "/calendar/"
	calendarSuffix    = ".ics"
	parallelCalendars = 2
)

// calendarRoutes are what calendar programs read: they bear no cookie, only an
// address that nobody can guess.
func (s *Server) calendarRoutes() {
	s.echo.GET(calendarPath+":file", s.serveCalendar)
	s.echo.HEAD(calendarPath+":file", s.serveCalendar)
}

func (s *Server) listCalendars(ctx context.Context, _ *struct{}) (*listOutput[inventory.Calendar], error) {
	return whole(s.Store.Calendars(ctx, who(ctx).user.ID))
}

type addCalendarInput struct {
	Body struct {
		ClientID string `json:"client_id,omitempty" maxLength:"64" doc:"Only this client; absent: every client that you may see."`
		Name     string `json:"name,omitempty" maxLength:"200" doc:"What it is for, as you call it."`
		Lang     string `json:"lang,omitempty" enum:"fr,en" default:"fr"`
	}
}

// newCalendar is a calendar with its address, which is told only once.
type newCalendar struct {
	inventory.Calendar
	Path string `json:"path" doc:"Where programs read it: the path behind the server's own address. Whoever has it reads the calendar; it cannot be shown again."`
}

func (s *Server) addCalendar(ctx context.Context, in *addCalendarInput) (*oneOutput[newCalendar], error) {
	token := rand.Text()
	c, err := s.Store.CreateCalendar(ctx, scopeOf(ctx), inventory.Calendar{
		UserID: who(ctx).user.ID, ClientID: in.Body.ClientID, Name: inventory.CleanTo(in.Body.Name, 200), Lang: in.Body.Lang, TokenHash: hashToken(token),
	})
	return one(newCalendar{c, calendarPath + token + calendarSuffix}, err)
}

func (s *Server) deleteCalendar(ctx context.Context, in *ByID) (*struct{}, error) {
	return none(s.Store.DeleteCalendar(ctx, who(ctx).user.ID, in.ID))
}

// serveCalendar answers with the calendar whose token the address holds, as its
// user may see it now; a program that has this version already gets no body.
func (s *Server) serveCalendar(c echo.Context) error {
	r, address := c.Request(), c.RealIP()
	token, ok := strings.CutSuffix(c.Param("file"), calendarSuffix)
	if !ok {
		return echo.ErrNotFound
	}
	feed, user, err := s.Store.CalendarByToken(r.Context(), hashToken(token), s.Now())
	if inventory.CodeOf(err) == inventory.NotFound { // wrong ones slow down who sends them
		if s.tokens.allow(address, address) != nil {
			return echo.NewHTTPError(http.StatusTooManyRequests)
		}
		s.tokens.failed(address, address)
		return echo.ErrNotFound
	}
	var text []byte
	if err == nil {
		text, err = s.calendar(r.Context(), feed, user, c.QueryParam("lang"))
	}
	if err != nil {
		return s.calendarError(r.Context(), err)
	}
	sum := sha256.Sum256(text)
	// Weak, as the answer may be compressed on its way.
	tag := `W/"` + hex.EncodeToString(sum[:16]) + `"`
	h := c.Response().Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache")
	if matches(r.Header.Get("If-None-Match"), tag) {
		return c.NoContent(http.StatusNotModified)
	}
	h.Set("Content-Disposition", `inline; filename="parc.ics"`)
	return c.Blob(http.StatusOK, "text/calendar; charset=utf-8", text)
}

// calendarError is what a program is told: a status, and nothing of ours.
func (s *Server) calendarError(ctx context.Context, err error) error {
	status, known := statusOf[inventory.CodeOf(err)]
	if !known {
		status = http.StatusInternalServerError
		s.Log.ErrorContext(ctx, "calendar failed", "trace", traceOf(ctx), "err", err)
	}
	return echo.NewHTTPError(status)
}

// matches tells that one of the tags of an If-None-Match is the tag.
func matches(header, tag string) bool {
	for one := range strings.SplitSeq(header, ",") {
		one = strings.TrimSpace(one)
		if one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// calendar makes the text. A language that the address asks for goes before the
// one that the calendar was made for.
func (s *Server) calendar(ctx context.Context, feed inventory.Calendar, user inventory.User, lang string) ([]byte, error) {
	leave, err := enter(ctx, s.feeding)
	if err != nil {
		return nil, err
	}
	defer leave()
	if lang == "" {
		lang = feed.Lang
	}
	scope := feed.Scope(user)
	var clients []inventory.Client
	single := ""
	if feed.ClientID == "" {
		clients, err = s.allClients(ctx, scope)
	} else {
		clients = make([]inventory.Client, 1)
		clients[0], err = s.Store.Client(ctx, scope, feed.ClientID)
		single = clients[0].Name
	}
	if err != nil {
		return nil, err
	}
	out, err := calendar.New(single, lang, s.today())
	if err != nil {
		return nil, err
	}
	for _, client := range clients {
		estate, err := s.holdings(ctx, scope, client.ID)
		if err != nil {
			return nil, err
		}
		out.Add(calendar.Client{ID: client.ID, Name: client.Name, Estate: estate, Catalogue: s.Products})
	}
	var b bytes.Buffer
	err = out.Write(&b)
	return b.Bytes(), err
}
