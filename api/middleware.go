package api

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/labstack/echo/v4"
)

// asItIs tells the answers that are not compressed: a stream, which must not be held
// back, and files, which mostly are packed already.
func asItIs(c echo.Context) bool {
	path := c.Request().URL.Path
	return strings.HasSuffix(path, "/events") || strings.HasSuffix(path, "/export") || strings.HasPrefix(path, prefix+"/attachments/")
}

// headers are for every answer: what a browser may do with it.
func (s *Server) headers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		if strings.HasPrefix(c.Request().URL.Path, prefix) {
			h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox")
			h.Set("Cache-Control", "no-store")
		}
		r := c.Request()
		ctx := context.WithValue(r.Context(), traceKey{}, h.Get(echo.HeaderXRequestID))
		c.SetRequest(r.WithContext(context.WithValue(ctx, addressKey{}, c.RealIP())))
		return next(c)
	}
}

type addressKey struct{}

// addressOf gives the caller's address.
func addressOf(ctx context.Context) string {
	address, _ := ctx.Value(addressKey{}).(string)
	return address
}

// sameOrigin refuses writes that another site makes a browser send.
func sameOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	protection := http.NewCrossOriginProtection()
	return func(c echo.Context) error {
		if err := protection.Check(c.Request()); err != nil {
			return echo.NewHTTPError(http.StatusForbidden)
		}
		return next(c)
	}
}

// logRequests notes each call; queries stay out, they may hold what people search for.
func (s *Server) logRequests(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		started := s.Now()
		err := next(c)
		if err != nil {
			c.Error(err) // the answer is written here, so that its status is known
		}
		s.Log.Debug("request", "method", c.Request().Method, "path", c.Path(), "status", c.Response().Status,
			"took", s.Now().Sub(started), "trace", c.Response().Header().Get(echo.HeaderXRequestID))
		return nil
	}
}

func (s *Server) logPanic(c echo.Context, err error, stack []byte) error {
	s.Log.Error("panic in a request", "path", c.Path(), "trace", c.Response().Header().Get(echo.HeaderXRequestID), "err", err, "stack", string(stack))
	return err
}

// clientAddress believes X-Forwarded-For only where it comes from a named proxy.
func clientAddress(proxies []netip.Prefix) echo.IPExtractor {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range proxies {
		trust = append(trust, echo.TrustIPRange(&net.IPNet{
			IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen()),
		}))
	}
	return echo.ExtractIPFromXFFHeader(trust...)
}
