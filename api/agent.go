package api

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/time/rate"

	"parc/inventory"
	"parc/scanner/agent"
)

// agentPath is where inventory agents report in: with their token as the next
// part of the path, or as the password of basic authentication.
const agentPath = "/agent"

const (
	parallelMessages = 4
	messageTimeout   = 2 * time.Minute // agents give up after three
	contactHours     = 24              // how soon an agent comes again
	messagesASecond  = 20              // of one enrolment, in the long run
	messagesAtOnce   = 300             // an office that starts its day
)

func (s *Server) agentRoutes() {
	for _, path := range []string{agentPath, agentPath + "/:token", agentPath + "/:token/*"} {
		s.echo.POST(path, s.hearAgent)
		s.echo.GET(path, s.askedByAgent)
	}
}

// paces holds back the enrolments that send too much.
type paces struct {
	mu   sync.Mutex
	each map[string]*rate.Limiter
}

func (p *paces) allow(id string, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.each == nil || len(p.each) > mostRemembered {
		p.each = map[string]*rate.Limiter{}
	}
	if p.each[id] == nil {
		p.each[id] = rate.NewLimiter(messagesASecond, messagesAtOnce)
	}
	return p.each[id].AllowN(now, 1)
}

// enrolled gives the enrolment whose token the request bears.
func (s *Server) enrolled(c echo.Context) (inventory.Enrolment, error) {
	address, token := c.RealIP(), c.Param("token")
	if err := s.tokens.allow("", address); err != nil {
		return inventory.Enrolment{}, inventory.Errorf(inventory.LimitReached, "too many wrong tokens from this address: try again later")
	}
	if token == "" {
		_, token, _ = c.Request().BasicAuth()
	}
	e, err := s.Store.EnrolmentByToken(c.Request().Context(), hashToken(token))
	if inventory.CodeOf(err) == inventory.Unauthorised {
		s.tokens.failed("", address)
		return e, err
	}
	if err == nil && !s.paces.allow(e.ID, s.Now()) {
		return e, inventory.Errorf(inventory.LimitReached, "too many messages with this token: try again later")
	}
	return e, err
}

// askedByAgent answers what GLPI Agent asks beside its messages: settings for
// tasks that parc does not offer, and whether a message has been dealt with.
func (s *Server) askedByAgent(c echo.Context) error {
	if _, err := s.enrolled(c); err != nil {
		return s.refuseAgent(c, err)
	}
	if c.QueryParam("action") != "" {
		return c.JSON(http.StatusOK, map[string]any{})
	}
	return c.JSON(http.StatusOK, map[string]any{"status": "ok"})
}

// hearAgent takes in one message of an agent and answers as agents want it.
func (s *Server) hearAgent(c echo.Context) error {
	e, err := s.enrolled(c)
	if err != nil {
		return s.refuseAgent(c, err)
	}
	ctx := c.Request().Context()
	slow := http.NewResponseController(c.Response())
	_ = slow.SetReadDeadline(time.Now().Add(messageTimeout)) // a server without deadlines, as in tests, reads on
	select {
	case s.reading <- struct{}{}:
		defer func() { <-s.reading }()
	case <-ctx.Done():
		return ctx.Err()
	}
	m, err := agent.Read(c.Request().Body)
	if err != nil {
		s.Log.Warn("message of an agent refused", "client", e.ClientID, "enrolment", e.ID, "err", err)
		return s.refuseAgent(c, unreadableMessage{err})
	}
	known, err := s.takeIn(ctx, e, m, c.Request().UserAgent())
	if err != nil {
		s.Log.Error("message of an agent not stored", "client", e.ClientID, "device", m.Device, "err", err)
		return s.refuseAgent(c, err)
	}
	return answerAgent(c, m, known)
}

// takeIn stores what a message tells, and what is now known of its agent. A
// message that has been taken in already changes nothing.
func (s *Server) takeIn(ctx context.Context, e inventory.Enrolment, m *agent.Message, program string) (inventory.Agent, error) {
	scope, now := e.Scope(), s.Now()
	if m.Device == "" {
		return inventory.Agent{}, nil
	}
	a, err := s.Store.Agent(ctx, scope, e.ClientID, m.Device)
	if err != nil && inventory.CodeOf(err) != inventory.NotFound {
		return a, err
	}
	a.ClientID, a.Device, a.SiteID, a.EnrolmentID, a.LastContact = e.ClientID, m.Device, e.SiteID, e.ID, now
	if a.Program = m.Program; a.Program == "" {
		a.Program = inventory.CleanTo(program, 120)
	}
	if m.Tag != "" {
		a.Tag = inventory.CleanTo(m.Tag, 200)
	}
	repeated := a.Took(m.Digest)
	if zone, told := m.Zone(); told {
		a.Zone = &zone
	} else if a.Zone != nil {
		m.SetZone(*a.Zone)
	}
	observations := m.Observations(agent.Whose{ClientID: e.ClientID, SiteID: e.SiteID, Received: now})
	var failed error
	if len(observations) > 0 && !repeated {
		_, failed = s.Store.Record(ctx, scope, e.ClientID, e.SiteID, observations)
	}
	switch {
	case failed != nil:
		a.LastError = inventory.CleanTo(failed.Error(), 300)
	case len(observations) > 0 && !repeated:
		a.LastError = ""
		a.Take(m.Digest)
		if m.Kind == agent.Inventory && m.Partial {
			a.LastPartial = &now
		} else if m.Kind == agent.Inventory {
			a.LastFull = &now
		}
	}
	if err := s.Store.SawAgent(ctx, scope, a); err != nil && failed == nil {
		failed = err
	}
	return a, failed
}

// answerAgent answers in the form that each agent reads: JSON plain, XML packed
// with zlib at its default level, which is the only one that all of them unpack.
func answerAgent(c echo.Context, m *agent.Message, a inventory.Agent) error {
	switch {
	case m.Kind == agent.Prolog && c.Request().Header.Get("GLPI-Agent-ID") != "":
		return c.JSON(http.StatusOK, map[string]any{"status": "pending", "expiration": 0}) // it goes on in JSON at once
	case m.Kind == agent.Prolog:
		return answerXML(c, http.StatusOK, agentReply{Frequency: contactHours, Response: "SEND"})
	case m.Kind == agent.Contact:
		return c.JSON(http.StatusOK, contactAnswer(a))
	case m.JSON:
		return c.JSON(http.StatusOK, map[string]any{"status": "ok", "expiration": contactHours})
	case m.Kind == agent.Inventory:
		return answerXML(c, http.StatusOK, agentReply{Response: "NO_ACCOUNT_UPDATE"})
	}
	return answerXML(c, http.StatusOK, agentReply{})
}

// contactAnswer asks for an inventory without what parc must not know. An agent
// of which only changes have come is asked for everything: leaving a section out
// once makes it send the whole.
func contactAnswer(a inventory.Agent) map[string]any {
	without := "environment,process"
	if a.LastFull == nil && a.LastPartial != nil {
		without += ",controller"
	}
	return map[string]any{
		"status": "ok", "expiration": contactHours,
		"tasks":    map[string]any{"inventory": map[string]any{"server": "glpi", "version": "10.0.16", "no-category": without}},
		"disabled": []string{"netdiscovery", "netinventory", "esx", "collect", "deploy", "wakeonlan", "remoteinventory"},
	}
}

type agentReply struct {
	XMLName   xml.Name `xml:"REPLY"`
	Frequency int      `xml:"PROLOG_FREQ,omitempty"`
	Response  string   `xml:"RESPONSE,omitempty"`
	Error     string   `xml:"ERROR,omitempty"`
}

func answerXML(c echo.Context, status int, reply agentReply) error {
	text, err := xml.Marshal(reply)
	if err != nil {
		return err
	}
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	if _, err := w.Write(append([]byte(xml.Header), text...)); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return c.Blob(status, "application/x-compress-zlib", packed.Bytes())
}

// unreadableMessage is a message that is too large, damaged or none at all: the
// sender's fault, whatever else the same code means elsewhere.
type unreadableMessage struct{ error }

func (u unreadableMessage) Unwrap() error { return u.error }

// refuseAgent says no in the form that the agent reads; what is ours to know
// stays with us.
func (s *Server) refuseAgent(c echo.Context, err error) error {
	status, text := statusOf[inventory.CodeOf(err)], err.Error()
	switch {
	case errors.As(err, new(unreadableMessage)) && status == http.StatusTooManyRequests:
		status = http.StatusRequestEntityTooLarge
	case errors.As(err, new(unreadableMessage)):
		status = http.StatusBadRequest
	case status == 0, status >= http.StatusInternalServerError:
		status, text = http.StatusInternalServerError, "the inventory could not be stored: the server's log tells why"
	}
	if status == http.StatusUnauthorized {
		c.Response().Header().Set("WWW-Authenticate", `Basic realm="parc"`)
	}
	kind := c.Request().Header.Get("Content-Type")
	if c.Request().Header.Get("GLPI-Agent-ID") != "" || strings.Contains(kind, "json") || c.Request().Method == http.MethodGet {
		body, _ := json.Marshal(map[string]string{"status": "error", "message": text}) // strings always marshal
		return c.Blob(status, "application/json", body)
	}
	return answerXML(c, status, agentReply{Error: text})
}
