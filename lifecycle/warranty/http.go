package warranty

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/time/rate"

	"parc/inventory"
)

// Options say how makers are asked. The zero value asks the makers' own services.
type Options struct {
	BaseURL   string        // in the place of the maker's own
	Transport *http.Client  // nil: one of our own
	Rate      rate.Limit    // calls a second; 0: one every two seconds
	Patience  time.Duration // the longest wait before a call is tried again; 0: two minutes
	FirstWait time.Duration // before the first new try, doubled each time; 0: two seconds
}

func (o Options) filled() Options {
	if o.Transport == nil {
		o.Transport = &http.Client{Timeout: 45 * time.Second}
	}
	if o.Rate == 0 {
		o.Rate = rate.Every(2 * time.Second)
	}
	if o.Patience <= 0 {
		o.Patience = 2 * time.Minute
	}
	if o.FirstWait <= 0 {
		o.FirstWait = 2 * time.Second
	}
	return o
}

// errKey tells that a maker does not take the key: asking on is of no use.
var errKey = errors.New("the key is refused")

const (
	mostTries  = 4       // after the first
	mostAnswer = 8 << 20 // bytes: a hundred machines take a tenth of it
)

// service calls one maker's service: slowly, again when it is busy, and never
// further than an answer's sensible size.
type service struct {
	maker   string // as people know it
	client  *retryablehttp.Client
	limiter *rate.Limiter
}

func newService(maker string, o Options) *service {
	c := retryablehttp.NewClient()
	c.HTTPClient, c.Logger = o.Transport, nil
	c.RetryMax, c.RetryWaitMin, c.RetryWaitMax = mostTries, o.FirstWait, o.Patience
	c.Backoff = func(least, most time.Duration, attempt int, r *http.Response) time.Duration {
		return min(retryablehttp.DefaultBackoff(least, most, attempt, r), most) // Retry-After may ask for hours
	}
	c.ErrorHandler = retryablehttp.PassthroughErrorHandler
	return &service{maker: maker, client: c, limiter: rate.NewLimiter(o.Rate, 1)}
}

// get asks for JSON and reads it into answer.
func (s *service) get(ctx context.Context, url string, header http.Header, answer any) error {
	if err := s.limiter.Wait(ctx); err != nil {
		return err
	}
	request, err := retryablehttp.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return fmt.Errorf("ask %s: %w", s.maker, err)
	}
	request.Header = header
	request.Header.Set("Accept", "application/json")
	response, err := s.client.Do(request)
	if err != nil {
		return s.unreachable(ctx, err)
	}
	defer response.Body.Close()
	if err := s.refused(response); err != nil {
		return err
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, mostAnswer+1))
	if err != nil {
		return s.unreachable(ctx, err)
	}
	if len(body) > mostAnswer {
		return inventory.Errorf(inventory.Unavailable, "%s answers with more than %d MB: the answer is not read", s.maker, mostAnswer>>20)
	}
	if err := json.Unmarshal(body, answer); err != nil {
		return inventory.Errorf(inventory.Unavailable, "%s answers with something that is not the JSON it documents", s.maker)
	}
	return nil
}

// unreachable words a call that came to no answer. The error of the HTTP client
// may hold the address with its query; the maker's name says enough.
func (s *service) unreachable(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var net interface{ Timeout() bool }
	if errors.As(err, &net) && net.Timeout() {
		return inventory.Errorf(inventory.Unavailable, "%s does not answer in time", s.maker)
	}
	return inventory.Errorf(inventory.Unavailable, "%s cannot be reached: check that this machine may reach the Internet", s.maker)
}

func (s *service) refused(r *http.Response) error {
	switch {
	case r.StatusCode < 300:
		return nil
	case r.StatusCode == http.StatusUnauthorized || r.StatusCode == http.StatusForbidden:
		return inventory.Errorf(inventory.Unavailable, "%s: %w (HTTP %d): check it, and that it has not run out", s.maker, errKey, r.StatusCode)
	case r.StatusCode == http.StatusTooManyRequests:
		return inventory.Errorf(inventory.LimitReached, "%s takes no more questions for now: the rest is asked at the next turn", s.maker)
	}
	return inventory.Errorf(inventory.Unavailable, "%s answers HTTP %s", s.maker, strconv.Itoa(r.StatusCode))
}
