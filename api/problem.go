package api

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"parc/inventory"
)

// Problem is what every failed call answers (RFC 9457).
type Problem struct {
	huma.ErrorModel
	Code  inventory.Code `json:"code" doc:"What kind of thing went wrong, for programs."`
	Trace string         `json:"trace,omitempty" doc:"Names the request in the server's log."`
}

var statusOf = map[inventory.Code]int{
	inventory.Invalid:      http.StatusUnprocessableEntity,
	inventory.NotFound:     http.StatusNotFound,
	inventory.Conflict:     http.StatusConflict,
	inventory.Unauthorised: http.StatusUnauthorized,
	inventory.Forbidden:    http.StatusForbidden,
	inventory.OutOfRange:   http.StatusUnprocessableEntity,
	inventory.Unavailable:  http.StatusServiceUnavailable,
	inventory.Busy:         http.StatusServiceUnavailable,
	inventory.LimitReached: http.StatusTooManyRequests,
}

var codeOf = map[int]inventory.Code{
	http.StatusBadRequest:            inventory.Invalid,
	http.StatusUnprocessableEntity:   inventory.Invalid,
	http.StatusUnsupportedMediaType:  inventory.Invalid,
	http.StatusNotAcceptable:         inventory.Invalid,
	http.StatusMethodNotAllowed:      inventory.Invalid,
	http.StatusNotFound:              inventory.NotFound,
	http.StatusUnauthorized:          inventory.Unauthorised,
	http.StatusForbidden:             inventory.Forbidden,
	http.StatusConflict:              inventory.Conflict,
	http.StatusRequestEntityTooLarge: inventory.LimitReached,
	http.StatusTooManyRequests:       inventory.LimitReached,
	http.StatusServiceUnavailable:    inventory.Unavailable,
}

func problem(status int, code inventory.Code, detail string) *Problem {
	return &Problem{ErrorModel: huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: detail}, Code: code}
}

var problemsInUse sync.Once

// useProblems makes huma's own errors (validation, mostly) problems like ours:
// huma has no other way than this variable of its package.
func useProblems() {
	problemsInUse.Do(func() {
		huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
			code := codeOf[status]
			if code == "" {
				code = inventory.Internal
			}
			p := problem(status, code, message)
			for _, err := range errs {
				var detailer huma.ErrorDetailer
				if errors.As(err, &detailer) {
					p.Errors = append(p.Errors, detailer.ErrorDetail())
				}
			}
			return p
		}
	})
}

// translate turns an error into what the caller may see. What has no code is
// internal: it goes to the log, and the caller gets the request's trace.
func (s *Server) translate(ctx context.Context, err error) error {
	var status huma.StatusError
	if errors.As(err, &status) {
		return err
	}
	code := inventory.CodeOf(err)
	if known, ok := statusOf[code]; ok {
		return problem(known, code, err.Error())
	}
	if errors.Is(err, context.Canceled) {
		return problem(499, inventory.Unavailable, "the request was given up")
	}
	trace := traceOf(ctx)
	s.Log.ErrorContext(ctx, "request failed", "trace", trace, "err", err)
	p := problem(http.StatusInternalServerError, inventory.Internal, "something went wrong on our side; the server's log tells what, under this trace")
	p.Trace = trace
	return p
}

// fieldFirst is how an error names the field that is wrong: "end: 2026-01-31 is …",
// "amendments[0].day: …".
var fieldFirst = regexp.MustCompile(`^([a-z][a-z_]*(?:\[\d+\])?(?:\.[a-z_]+)?): (.+)`)

// locate tells where in the request the wrong field is, as huma does of what its
// schema refuses.
func locate(err error, method string) error {
	var p *Problem
	if !errors.As(err, &p) || p.Code != inventory.Invalid || len(p.Errors) > 0 {
		return err
	}
	if m := fieldFirst.FindStringSubmatch(p.Detail); m != nil {
		where := "body."
		if method == http.MethodGet {
			where = "query."
		}
		p.Errors = []*huma.ErrorDetail{{Location: where + m[1], Message: m[2]}}
	}
	return err
}

// httpError answers what happens before a handler: unknown paths, wrong
// methods, bodies too large, panics.
func (s *Server) httpError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	status, detail := http.StatusInternalServerError, "something went wrong on our side; the server's log tells what, under this trace"
	var known *echo.HTTPError
	if errors.As(err, &known) {
		status, detail = known.Code, http.StatusText(known.Code)
	}
	p := problem(status, codeOf[status], detail)
	p.Trace = c.Response().Header().Get(echo.HeaderXRequestID)
	if p.Code == "" {
		p.Code = inventory.Internal
	}
	c.Response().Header().Set(echo.HeaderContentType, "application/problem+json")
	if err := c.JSON(status, p); err != nil {
		s.Log.Debug("answer not sent", "err", err)
	}
}

type traceKey struct{}

func traceOf(ctx context.Context) string {
	trace, _ := ctx.Value(traceKey{}).(string)
	return trace
}
