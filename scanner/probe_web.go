package scanner

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"parc/inventory"
	"parc/scanner/nmap"
)

const (
	webTime    = 5 * time.Second
	maxPage    = 256 << 10
	maxHops    = 3
	bodyGlance = 4 << 10 // of a page is looked at for more than its title
)

// page is what a web server answered.
type page struct {
	status int
	header http.Header
	body   []byte
	tls    *tls.ConnectionState
}

// weakTLS takes whatever a device offers: it is looked at, not trusted.
func weakTLS() *tls.Config {
	return &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS10, CipherSuites: everySuite()} //nolint:gosec // see above
}

func everySuite() []uint16 {
	var all []uint16
	for _, s := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		all = append(all, s.ID)
	}
	return all
}

// fetch asks the host, and nothing but the host, for a page.
func (a *asking) fetch(ctx context.Context, port int, secure bool, path string) (page, error) {
	scheme := "http"
	if secure {
		scheme = "https"
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, scheme+"://"+a.at(port).String()+path, nil)
	if err != nil {
		return page{}, err
	}
	return a.send(request, port)
}

// send sends a request to a port of the host, whatever the request's own
// address says.
func (a *asking) send(request *http.Request, port int) (page, error) {
	transport := &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return a.net.dial(ctx, "tcp", a.at(port), webTime)
		},
		TLSClientConfig: weakTLS(), TLSHandshakeTimeout: webTime, DisableKeepAlives: true, DisableCompression: true,
		MaxResponseHeaderBytes: 64 << 10, ResponseHeaderTimeout: webTime,
	}
	defer transport.CloseIdleConnections()
	client := &http.Client{
		Transport: transport, Timeout: webTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	request.Header.Set("User-Agent", "parc")
	response, err := client.Do(request)
	if err != nil {
		return page{}, err
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(response.Body, maxPage)) // as far as it comes
	return page{response.StatusCode, response.Header, body, response.TLS}, nil
}

// webPorts are where web servers usually stand.
var webPorts = []int{80, 443, 5000, 5001, 8000, 8006, 8080, 8443, 10000}

// askWeb looks at the first page of the host's web servers, as far as nmap has
// not, and asks management boards for what they say without a password.
func askWeb(ctx context.Context, a *asking) {
	services := a.named(webPorts, "http")
	for _, s := range services[:min(len(services), maxWebPorts)] {
		if !pageKnown(s) {
			a.webPage(ctx, s)
		}
		if a.boardLike(s) {
			a.redfish(ctx, s.Port)
		}
	}
}

// pageKnown tells that nmap has looked at the page.
func pageKnown(s *nmap.Service) bool {
	for _, r := range s.Results {
		if r.ID == "http-title" || r.ID == "http-auth" || r.ID == "http-server-header" {
			return true
		}
	}
	return false
}

// secureFirst tells that a port speaks TLS, as far as is known.
func secureFirst(s *nmap.Service) bool {
	return s.TLS != nil || strings.HasPrefix(s.Name, "https") || containsInt([]int{443, 5001, 8006, 8443}, s.Port)
}

func (a *asking) webPage(ctx context.Context, s *nmap.Service) {
	port, secure, path := s.Port, secureFirst(s), "/"
	where := fmt.Sprintf("%d/tcp", s.Port)
	for hop := 0; hop <= maxHops; hop++ {
		p, err := a.fetch(ctx, port, secure, path)
		if err != nil || p.status == http.StatusBadRequest && !secure && bytes.Contains(bytes.ToLower(p.body), []byte("https")) {
			if hop > 0 || ctx.Err() != nil {
				return
			}
			secure = !secure // a guess was wrong: the other way, once
			if p, err = a.fetch(ctx, port, secure, path); err != nil {
				return
			}
		}
		a.learn(func(e *evidence) { e.page(p, s, where) })
		next, err := url.Parse(p.header.Get("Location"))
		if p.status < 300 || p.status > 399 || err != nil || p.header.Get("Location") == "" {
			next, err = refreshed(p.body)
			if err != nil || next == nil {
				return
			}
		}
		if next.Host != "" {
			secure = next.Scheme == "https"
			number := cmpText(next.Port(), map[bool]string{true: "443", false: "80"}[secure])
			if port, err = strconv.Atoi(number); err != nil || port < 1 || port > 65535 {
				return
			}
		}
		if path = next.RequestURI(); !strings.HasPrefix(path, "/") {
			path = "/" + path
		}
	}
}

var (
	pageTitle   = regexp.MustCompile(`(?is)<title[^>]*>(.{0,500}?)</title`)
	pageRefresh = regexp.MustCompile(`(?i)<meta[^>]+http-equiv=["']?refresh["']?[^>]+content=["']\s*\d+\s*;\s*url=([^"'>\s]{1,200})`)
	authRealm   = regexp.MustCompile(`(?i)realm="([^"]{1,200})"`)
)

// refreshed gives where a page sends its reader on to; nil for nowhere.
func refreshed(body []byte) (*url.URL, error) {
	m := pageRefresh.FindSubmatch(body[:min(len(body), bodyGlance)])
	if m == nil {
		return nil, nil //nolint:nilnil // nowhere is an answer
	}
	return url.Parse(html.UnescapeString(string(m[1])))
}

// page keeps what a page tells, and shows it on the service.
func (e *evidence) page(p page, s *nmap.Service, where string) {
	if p.tls != nil && s.TLS == nil && len(p.tls.PeerCertificates) > 0 {
		s.TLS = certificateOf(p.tls.PeerCertificates[0])
		e.certificate(s.TLS, where)
	}
	if m := pageTitle.FindSubmatch(p.body); m != nil {
		text := inventory.CleanTo(html.UnescapeString(string(m[1])), 300)
		e.add(onTitle, text, where, where+":title")
		if s.Scripts == nil {
			s.Scripts = map[string]string{}
		}
		if text != "" && s.Scripts["http-title"] == "" {
			s.Scripts["http-title"] = text
		}
	}
	server := inventory.CleanTo(p.header.Get("Server"), 200)
	e.add(onServer, server, where, where+":server")
	if s.Product == "" && s.Guessed {
		s.Product = server
	}
	if m := authRealm.FindStringSubmatch(p.header.Get("WWW-Authenticate")); m != nil {
		e.add(onRealm, m[1], where, where+":realm")
	}
	e.add(onBody, string(p.body[:min(len(p.body), bodyGlance)]), where, where+":page")
}

var boardWords = regexp.MustCompile(`(?i)\bi?drac|\bilo\b|integrated lights|xclarity|integrated management|megarac|super ?micro|\birmc|\bipmi|\bbmc\b|OU=ISS`)

// boardLike tells that a web server may be a server's management board.
func (a *asking) boardLike(s *nmap.Service) bool {
	text := s.Product + " " + s.Scripts["http-title"] + " " + s.Scripts["http-server-header"]
	if s.TLS != nil {
		text += " " + s.TLS.Subject + " " + s.TLS.Issuer
	}
	return secureFirst(s) && boardWords.MatchString(text)
}

// redfishRoot is what a management board says of itself without a password
// (DMTF DSP0266, 6.3), with what Dell and HPE add to it.
type redfishRoot struct {
	Vendor  string
	Product string
	Oem     struct {
		Dell struct {
			ServiceTag        string
			ManagerMACAddress string
		}
		Hpe struct {
			Manager []struct {
				FQDN                   string
				HostName               string
				ManagerType            string
				ManagerFirmwareVersion string
			}
		}
	}
}

func (a *asking) redfish(ctx context.Context, port int) {
	p, err := a.fetch(ctx, port, true, "/redfish/v1/")
	var root redfishRoot
	if err != nil || p.status != http.StatusOK || json.Unmarshal(p.body, &root) != nil {
		return
	}
	from := fmt.Sprintf("%d/tcp:redfish", port)
	a.learn(func(e *evidence) { e.redfish(root, from) })
}

func (e *evidence) redfish(r redfishRoot, from string) {
	say := func(f inventory.Field, value string, weight int) { e.say(f, value, weight, "redfish", from) }
	say(inventory.FieldClass, string(inventory.BMC), 88)
	say(inventory.FieldVendor, r.Vendor, 90)
	if d := r.Oem.Dell; d.ServiceTag != "" {
		say(inventory.FieldVendor, "Dell", 93)
		say(inventory.FieldSerial, d.ServiceTag, 92)
		say(inventory.FieldMAC, inventory.MAC(d.ManagerMACAddress), 92)
	}
	for _, m := range r.Oem.Hpe.Manager {
		say(inventory.FieldVendor, "Hewlett Packard Enterprise", 93)
		say(inventory.FieldVersion, strings.TrimPrefix(m.ManagerFirmwareVersion, m.ManagerType+" v"), 88)
		e.name(cmpText(m.FQDN, m.HostName), 88, "redfish", from)
	}
	if strings.Contains(r.Product, "iDRAC") || strings.Contains(r.Product, "Remote Access Controller") {
		say(inventory.FieldVendor, "Dell", 90)
	}
}
