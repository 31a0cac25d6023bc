package api

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
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
	parallelMessages = 4               // unpacked and stored at a time
	parallelBodies   = 8               // received at a time, of one enrolment: a slow sender holds up its own office only
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

// pace holds back one enrolment that sends too much.
type pace struct {
	messages  *rate.Limiter
	receiving chan struct{}
}

// paces has the pace of each enrolment; its memory is bounded.
type paces struct {
	mu   sync.Mutex
	each map[string]*pace
}

func (p *paces) of(id string) *pace {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.each == nil || len(p.each) > mostRemembered {
		p.each = map[string]*pace{}
	}
	if p.each[id] == nil {
		p.each[id] = &pace{rate.NewLimiter(messagesASecond, messagesAtOnce), make(chan struct{}, parallelBodies)}
	}
	return p.each[id]
}

// enrolled gives the enrolment whose token the request bears. The token is
// looked up first: wrong ones slow down who sends them, and not the rest of an
// office that shares its address.
func (s *Server) enrolled(c echo.Context) (inventory.Enrolment, error) {
	address, token := c.RealIP(), c.Param("token")
	if token == "" {
		_, token, _ = c.Request().BasicAuth()
	}
	e, err := s.Store.EnrolmentByToken(c.Request().Context(), hashToken(token))
	switch {
	case inventory.CodeOf(err) == inventory.Unauthorised:
		if s.tokens.allow(address, address) != nil {
			return e, inventory.Errorf(inventory.LimitReached, "too many wrong tokens from this address: try again later")
		}
		s.tokens.failed(address, address)
		return e, err
	case err == nil && !s.paces.of(e.ID).messages.AllowN(s.Now(), 1):
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
	body, err := s.receive(ctx, c, e.ID)
	if err != nil {
		return s.refuseAgent(c, unreadableMessage{err})
	}
	leave, err := enter(ctx, s.reading)
	if err != nil {
		return err
	}
	defer leave()
	m, err := agent.Read(bytes.NewReader(body))
	if err != nil {
		s.Log.Warn("message of an agent refused", "client", e.ClientID, "enrolment", e.ID, "err", err)
		return s.refuseAgent(c, unreadableMessage{err})
	}
	known, err := s.takeIn(ctx, e, m, c.Request().UserAgent())
	if err != nil {
		s.Log.Error("message of an agent not stored", "client", e.ClientID, "device", m.Device, "err", err)
		return s.refuseAgent(c, err)
	}
	return s.answerAgent(c, m, e, known)
}

// receive reads a body, as far as a message may be long.
func (s *Server) receive(ctx context.Context, c echo.Context, enrolment string) ([]byte, error) {
	leave, err := enter(ctx, s.paces.of(enrolment).receiving)
	if err != nil {
		return nil, err
	}
	defer leave()
	_ = http.NewResponseController(c.Response()).SetReadDeadline(time.Now().Add(messageTimeout)) // one that cannot keeps the server's own
	body, err := io.ReadAll(io.LimitReader(c.Request().Body, agent.MaxBody+1))
	if err != nil {
		return nil, inventory.Errorf(inventory.Invalid, "the message broke off after %d bytes: %w", len(body), err)
	}
	return body, nil
}

// enter waits for a free place, which the caller gives back.
func enter(ctx context.Context, places chan struct{}) (leave func(), err error) {
	select {
	case places <- struct{}{}:
		return func() { <-places }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// takeIn stores what a message tells, and what is now known of its agent. A
// message that has been taken in already changes nothing.
func (s *Server) takeIn(ctx context.Context, e inventory.Enrolment, m *agent.Message, program string) (inventory.Agent, error) {
	scope, now := e.Scope(), s.Now()
	a, err := s.agentOf(ctx, e, m, program)
	if err != nil {
		return a, err
	}
	if a.Zone != nil {
		m.SetZone(*a.Zone)
	}
	var failed error
	observations := m.Observations(agent.Whose{ClientID: e.ClientID, SiteID: e.SiteID, Received: now})
	if len(observations) > 0 && !a.Took(m.Digest) {
		if _, failed = s.Store.Record(ctx, scope, e.ClientID, e.SiteID, observations); failed != nil {
			a.LastError = inventory.CleanTo(failed.Error(), 300)
		} else {
			a.LastError = ""
			a.Take(m.Digest)
			s.keepFinds(ctx, e, m)
			switch {
			case m.Kind == agent.Inventory && m.Partial:
				a.LastPartial = &now
			case m.Kind == agent.Inventory:
				a.LastFull = &now
			}
		}
	}
	if a.Device == "" { // it tells of others, and does not say who it is
		return a, failed
	}
	return a, errors.Join(failed, s.Store.SawAgent(ctx, scope, a))
}

// agentOf gives the agent that a message is from, with what the message says of it.
func (s *Server) agentOf(ctx context.Context, e inventory.Enrolment, m *agent.Message, program string) (inventory.Agent, error) {
	var a inventory.Agent
	if m.Device != "" {
		var err error
		if a, err = s.Store.Agent(ctx, e.Scope(), e.ClientID, m.Device); err != nil && inventory.CodeOf(err) != inventory.NotFound {
			return a, err
		}
	}
	a.ClientID, a.Device, a.SiteID, a.EnrolmentID, a.LastContact = e.ClientID, m.Device, e.SiteID, e.ID, s.Now()
	if a.Program = m.Program; a.Program == "" {
		a.Program = inventory.CleanTo(program, 120)
	}
	if m.Tag != "" {
		a.Tag = inventory.CleanTo(m.Tag, 200)
	}
	if zone, told := m.Zone(); told {
		a.Zone = &zone
	}
	return a, nil
}

// answerAgent answers in the form that each agent reads: JSON plain, XML packed
// with zlib at its default level, which is the only one that all of them unpack.
func (s *Server) answerAgent(c echo.Context, m *agent.Message, e inventory.Enrolment, a inventory.Agent) error {
	switch {
	case m.Kind == agent.Prolog && c.Request().Header.Get("GLPI-Agent-ID") != "":
		return c.JSON(http.StatusOK, map[string]any{"status": "pending", "expiration": 0}) // it goes on in JSON at once
	case m.Kind == agent.Prolog:
		tasks, err := s.networkTasks(c.Request(), e)
		if err != nil {
			s.Log.Error("an agent's network tasks cannot be made", "client", e.ClientID, "enrolment", e.ID, "err", err)
		}
		return answerXML(c, http.StatusOK, agentReply{Frequency: contactHours, Response: "SEND", Tasks: tasks})
	case m.Kind == agent.Contact:
		tasks, err := s.possibleTasks(c.Request(), e)
		if err != nil {
			s.Log.Error("an agent's network tasks cannot be made", "client", e.ClientID, "enrolment", e.ID, "err", err)
		}
		return c.JSON(http.StatusOK, contactAnswer(a, tasks != nil))
	case m.JSON:
		return c.JSON(http.StatusOK, map[string]any{"status": "ok", "expiration": contactHours})
	case m.Kind == agent.Inventory:
		return answerXML(c, http.StatusOK, agentReply{Response: "NO_ACCOUNT_UPDATE"})
	}
	return answerXML(c, http.StatusOK, agentReply{})
}

// contactAnswer asks for an inventory without what parc must not know. An agent
// of which only changes have come is asked for everything: leaving a section out
// once makes it send the whole. One that may look at the networks is told to ask
// for its tasks, which it does by a PROLOG.
func contactAnswer(a inventory.Agent, network bool) map[string]any {
	without := "environment,process"
	if a.LastFull == nil && a.LastPartial != nil {
		without += ",controller"
	}
	tasks := map[string]any{"inventory": map[string]any{"server": "glpi", "version": "10.0.16", "no-category": without}}
	disabled := []string{"esx", "collect", "deploy", "wakeonlan", "remoteinventory"}
	for _, task := range []string{"netdiscovery", "netinventory"} {
		if network {
			tasks[task] = map[string]any{"server": "glpiinventory", "version": "1.4.0"}
		} else {
			disabled = append(disabled, task)
		}
	}
	return map[string]any{"status": "ok", "expiration": contactHours, "tasks": tasks, "disabled": disabled}
}

type agentReply struct {
	XMLName   xml.Name `xml:"REPLY"`
	Frequency int      `xml:"PROLOG_FREQ,omitempty"`
	Response  string   `xml:"RESPONSE,omitempty"`
	Error     string   `xml:"ERROR,omitempty"`
	Tasks     []agent.Option
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
