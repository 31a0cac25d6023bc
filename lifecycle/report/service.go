package report

import (
	"cmp"
	"slices"
	"time"

	"parc/inventory"
	"parc/lifecycle"
)

// Service is the review of a period: what was done, and how the promises of
// contracts were kept.
type Service struct {
	Head
	Jobs      []Job         `json:"jobs"` // in the order of their beginning
	Levels    []LevelReview `json:"levels"`
	Assets    []AssetReview `json:"assets"` // those with most interventions, ten at the most
	Months    []MonthTotal  `json:"months"`
	Cost      []Sum         `json:"cost"`
	Work      int           `json:"work_minutes"`
	Unsettled int           `json:"unsettled"` // still open on the last day
}

// Job is one intervention.
type Job struct {
	Opened     time.Time              `json:"opened"`
	Asset      string                 `json:"asset,omitempty"`
	Contract   string                 `json:"contract,omitempty"`
	Level      inventory.SupportLevel `json:"level"`
	Kind       string                 `json:"kind"`
	Summary    string                 `json:"summary"`
	Response   int                    `json:"response_minutes"` // of service
	Responded  lifecycle.Promise      `json:"responded,omitempty"`
	Resolution int                    `json:"resolution_minutes"`
	Resolved   lifecycle.Promise      `json:"resolved,omitempty"`
	Open       bool                   `json:"open,omitempty"` // on the last day
	Work       int                    `json:"work_minutes,omitempty"`
	Cost       inventory.Money        `json:"cost,omitzero"`
	By         string                 `json:"by,omitempty"`
}

// LevelReview is how the promises of one level of one contract were kept.
type LevelReview struct {
	Contract        string                 `json:"contract"`
	Level           inventory.SupportLevel `json:"level"`
	Hours           string                 `json:"hours,omitempty"`
	ResponseTarget  int                    `json:"response_target,omitempty"` // minutes
	ResolveTarget   int                    `json:"resolution_target,omitempty"`
	Jobs            int                    `json:"jobs"`
	ResponseKept    int                    `json:"response_kept"`
	ResponseBroken  int                    `json:"response_broken"`
	ResolveKept     int                    `json:"resolution_kept"`
	ResolveBroken   int                    `json:"resolution_broken"`
	ResponseMedian  int                    `json:"response_median"` // minutes
	ResolveMedian   int                    `json:"resolution_median"`
	response, solve []int
}

// AssetReview is an asset with how often somebody had to look after it.
type AssetReview struct {
	Asset    string `json:"asset"`
	Jobs     int    `json:"jobs"`
	Failures int    `json:"failures"`
	Work     int    `json:"work_minutes"`
}

// service reviews the interventions that were opened in the period.
func service(in Input) (Service, error) {
	r := Service{Head: headOf(KindService, in), Jobs: []Job{}, Levels: []LevelReview{}, Assets: []AssetReview{}}
	end := in.To.AddDays(1).Time() // the end of the last day
	if now := in.Day.AddDays(1).Time(); now.Before(end) {
		end = now
	}
	for i := range in.Interventions {
		v := &in.Interventions[i]
		if day := inventory.DayOf(v.OpenedAt); day < in.From || day > in.To {
			continue
		}
		contract := in.contract(v.ContractID)
		s, err := lifecycle.ServiceOf(*v, contract, end)
		if err != nil {
			return r, inventory.Errorf(inventory.Invalid, "contract %s: %w", contract.Title, err)
		}
		r.job(in, v, contract, s)
	}
	slices.SortStableFunc(r.Jobs, func(a, b Job) int { return cmp.Or(a.Opened.Compare(b.Opened), cmp.Compare(a.Summary, b.Summary)) })
	slices.SortStableFunc(r.Levels, func(a, b LevelReview) int {
		return cmp.Or(cmp.Compare(a.Contract, b.Contract), int(a.Level)-int(b.Level))
	})
	for i := range r.Levels {
		l := &r.Levels[i]
		l.ResponseMedian, l.ResolveMedian = median(l.response), median(l.solve)
	}
	slices.SortStableFunc(r.Assets, func(a, b AssetReview) int {
		return cmp.Or(b.Failures-a.Failures, b.Jobs-a.Jobs, b.Work-a.Work, cmp.Compare(a.Asset, b.Asset))
	})
	r.Assets = r.Assets[:min(10, len(r.Assets))]
	r.Cost = sums(r.Jobs, func(j Job) inventory.Money { return j.Cost })
	r.Months = r.byMonth()
	return r, nil
}

func (in *Input) contract(id string) *inventory.Contract {
	i := slices.IndexFunc(in.Contracts, func(c inventory.Contract) bool { return c.ID == id })
	if id == "" || i < 0 {
		return nil
	}
	return &in.Contracts[i]
}

func (r *Service) job(in Input, v *inventory.Intervention, contract *inventory.Contract, s lifecycle.Service) {
	j := Job{
		Opened: v.OpenedAt.UTC(), Level: v.Level, Kind: v.Kind, Summary: v.Summary, Response: s.Response, Responded: s.Responded,
		Resolution: s.Resolution, Resolved: s.Resolved, Open: v.ResolvedAt == nil, Work: v.WorkMinutes, Cost: v.Cost, By: v.By,
	}
	if names := in.namesOf([]string{v.AssetID}); len(names) > 0 {
		j.Asset = names[0]
	}
	if contract != nil {
		j.Contract = contract.Title
		r.level(&j, s)
	}
	if j.Open {
		r.Unsettled++
	}
	r.Work += j.Work
	r.Jobs = append(r.Jobs, j)
	if j.Asset == "" {
		return
	}
	i := slices.IndexFunc(r.Assets, func(a AssetReview) bool { return a.Asset == j.Asset })
	if i < 0 {
		i = len(r.Assets)
		r.Assets = append(r.Assets, AssetReview{Asset: j.Asset})
	}
	a := &r.Assets[i]
	a.Jobs, a.Work = a.Jobs+1, a.Work+j.Work
	if j.Kind == inventory.InterventionFailure {
		a.Failures++
	}
}

// level counts a job under its contract's level.
func (r *Service) level(j *Job, s lifecycle.Service) {
	i := slices.IndexFunc(r.Levels, func(l LevelReview) bool { return l.Contract == j.Contract && l.Level == j.Level })
	if i < 0 {
		i = len(r.Levels)
		r.Levels = append(r.Levels, LevelReview{
			Contract: j.Contract, Level: j.Level, Hours: s.Level.Hours, ResponseTarget: s.Level.ResponseMinutes, ResolveTarget: s.Level.ResolutionMinutes,
		})
	}
	l := &r.Levels[i]
	l.Jobs++
	tally := func(p lifecycle.Promise, kept, broken *int) {
		switch p {
		case lifecycle.Kept:
			*kept++
		case lifecycle.Broken:
			*broken++
		case lifecycle.Pending, lifecycle.NoPromise:
		}
	}
	tally(j.Responded, &l.ResponseKept, &l.ResponseBroken)
	tally(j.Resolved, &l.ResolveKept, &l.ResolveBroken)
	if s.Intervention.RespondedAt != nil {
		l.response = append(l.response, j.Response)
	}
	if s.Intervention.ResolvedAt != nil {
		l.solve = append(l.solve, j.Resolution)
	}
}

func median(list []int) int {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	return list[len(list)/2]
}

func (r *Service) byMonth() []MonthTotal {
	months := []MonthTotal{}
	for month := monthOf(r.From); month <= r.To && len(months) < 36; month = month.AddMonths(1) {
		total := MonthTotal{Month: month}
		for i := range r.Jobs {
			if monthOf(inventory.DayOf(r.Jobs[i].Opened)) == month {
				total.Count++
			}
		}
		months = append(months, total)
	}
	return months
}
