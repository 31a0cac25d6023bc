package api

import (
	"context"
	"slices"
	"time"

	"parc/inventory"
)

// Evidence is the record that raised a doubt, as its source told it.
type Evidence struct {
	At      time.Time        `json:"at"`
	Source  inventory.Source `json:"source"`
	Ref     string           `json:"ref,omitempty"`
	Address string           `json:"address,omitempty"`
	SiteID  string           `json:"site_id,omitempty"`
	Facts   []inventory.Fact `json:"facts" nullable:"false"`
}

// Doubt is a review as people see it in a list.
type Doubt struct {
	ID         string     `json:"id"`
	ClientID   string     `json:"client_id"`
	At         time.Time  `json:"at"`
	Kind       string     `json:"kind" enum:"two-candidates,contradiction,pinned-value,retired-seen,shared-identifier,no-identity"`
	Reason     string     `json:"reason"`
	AssetIDs   []string   `json:"asset_ids" nullable:"false" doc:"The candidates, or what it is about."`
	Evidence   Evidence   `json:"evidence"`
	DecidedAt  *time.Time `json:"decided_at,omitempty"`
	DecidedBy  string     `json:"decided_by,omitempty"`
	Resolution string     `json:"resolution,omitempty"`
	Answers    []string   `json:"answers" nullable:"false" doc:"The answers that fit."`
}

func doubt(r inventory.Review) Doubt {
	d := Doubt{
		ID: r.ID, ClientID: r.ClientID, At: r.At, Kind: r.Kind, Reason: r.Reason, AssetIDs: r.AssetIDs,
		DecidedAt: r.DecidedAt, DecidedBy: r.DecidedBy, Resolution: r.Resolution, Answers: answersTo(r),
		Evidence: Evidence{At: r.Evidence.At, Source: r.Evidence.Source, Ref: r.Evidence.Ref, Address: r.Evidence.Address, SiteID: r.Evidence.SiteID, Facts: r.Evidence.Facts},
	}
	if d.Evidence.Facts == nil {
		d.Evidence.Facts = []inventory.Fact{}
	}
	return d
}

// answersTo gives the answers that fit a review.
func answersTo(r inventory.Review) []string {
	switch {
	case r.DecidedAt != nil:
		return []string{}
	case r.Kind == inventory.ReviewTwoCandidates:
		return []string{inventory.AnswerSame, inventory.AnswerNew}
	case r.Kind == inventory.ReviewContradiction && len(r.AssetIDs) == 2:
		return []string{inventory.AnswerSame, inventory.AnswerDifferent, inventory.AnswerNoted}
	case r.Kind == inventory.ReviewNameless:
		return []string{inventory.AnswerNew, inventory.AnswerNoted}
	}
	return []string{inventory.AnswerNoted}
}

func doubts(reviews []inventory.Review, next string, err error) (*listOutput[Doubt], error) {
	list := make([]Doubt, len(reviews))
	for i, r := range reviews {
		list[i] = doubt(r)
	}
	return part(list, next, err)
}

type listReviewsInput struct {
	ByID
	Paging
	Open bool `query:"open" default:"true" doc:"The open ones, or those that are decided."`
}

func (s *Server) listReviews(ctx context.Context, in *listReviewsInput) (*listOutput[Doubt], error) {
	return doubts(s.Store.Reviews(ctx, scopeOf(ctx), in.ID, in.Open, in.page()))
}

func (s *Server) listAlerts(ctx context.Context, in *historyInput) (*listOutput[Doubt], error) {
	return doubts(s.Store.Alerts(ctx, scopeOf(ctx), in.ID, in.page()))
}

// ReviewSides is a doubt with the evidence side by side.
type ReviewSides struct {
	Doubt
	Assets  []inventory.Asset `json:"assets" nullable:"false" doc:"The candidates that are still there."`
	Compare []Compared        `json:"compare" nullable:"false"`
}

// Compared is one field, as the record tells it and as each asset has it.
type Compared struct {
	Field    string            `json:"field"`
	Observed string            `json:"observed,omitempty"`
	Assets   map[string]string `json:"assets"`
	Same     bool              `json:"same" doc:"All who have a value have the same."`
}

func (s *Server) showReview(ctx context.Context, in *ByID) (*oneOutput[ReviewSides], error) {
	r, err := s.Store.Review(ctx, scopeOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	out := ReviewSides{Doubt: doubt(r), Assets: []inventory.Asset{}}
	for _, id := range r.AssetIDs {
		a, err := s.Store.Asset(ctx, scopeOf(ctx), id)
		if inventory.CodeOf(err) == inventory.NotFound {
			continue // merged or gone since
		}
		if err != nil {
			return nil, err
		}
		out.Assets = append(out.Assets, a)
	}
	out.Compare = compared(r.Evidence, out.Assets)
	return one(out, nil)
}

// comparedFields are what tells machines apart, in the order in which people look.
var comparedFields = []inventory.Field{
	inventory.FieldHostname, inventory.FieldClass, inventory.FieldVendor, inventory.FieldModel, inventory.FieldSerial, inventory.FieldUUID,
	inventory.FieldMAC, inventory.FieldIP, inventory.FieldEngineID, inventory.FieldAgentID, inventory.FieldOSName, inventory.FieldOSVersion,
	inventory.FieldFirstInstalled, inventory.FieldUser, inventory.FieldAssetTag, inventory.FieldLocation,
}

func compared(observed inventory.Observation, assets []inventory.Asset) []Compared {
	rows := []Compared{}
	for _, f := range comparedFields {
		row := Compared{Field: string(f), Observed: observed.Get(f), Assets: map[string]string{}}
		if f.Multiple() {
			row.Observed = join(observed.All(f))
		}
		if f == inventory.FieldIP && row.Observed == "" {
			row.Observed = observed.Address
		}
		var values []string
		if row.Observed != "" {
			values = append(values, row.Observed)
		}
		for _, a := range assets {
			v := a.Values[f].Value
			if f == inventory.FieldIP && v == "" {
				v = a.Address
			}
			if v != "" {
				row.Assets[a.ID] = v
				values = append(values, v)
			}
		}
		if len(values) == 0 {
			continue
		}
		slices.Sort(values)
		row.Same = len(slices.Compact(values)) == 1
		rows = append(rows, row)
	}
	return rows
}

func join(values []string) string {
	slices.Sort(values)
	text := ""
	for i, v := range values {
		if i > 0 {
			text += " "
		}
		text += v
	}
	return text
}

type answerInput struct {
	ByID
	Body struct {
		Answer  string `json:"answer" enum:"same,different,new,noted" doc:"same: it is the asset named, or the two are one; different: the two are two; new: none of them; noted: seen."`
		AssetID string `json:"asset_id,omitempty" maxLength:"64" doc:"Of same: which candidate it is, or which of the two stays."`
		Remark  string `json:"remark,omitempty" maxLength:"500"`
	}
}

func (s *Server) answerReview(ctx context.Context, in *answerInput) (*oneOutput[Doubt], error) {
	r, err := s.Store.AnswerReview(ctx, scopeOf(ctx), in.ID, inventory.ReviewAnswer{Answer: in.Body.Answer, AssetID: in.Body.AssetID, Remark: in.Body.Remark})
	return one(doubt(r), err)
}
