package api

import (
	"context"
	"time"

	"parc/inventory"
	"parc/lifecycle"
)

// HeldService is an intervention beside what its contract promises.
type HeldService struct {
	inventory.Intervention
	ResponseMinutes   int        `json:"response_minutes" doc:"Of service, until somebody worked on it, or until now."`
	ResponseDue       *time.Time `json:"response_due,omitempty"`
	Responded         string     `json:"responded,omitempty" enum:"kept,broken,pending," doc:"Absent where nothing is promised."`
	ResolutionMinutes int        `json:"resolution_minutes"`
	ResolutionDue     *time.Time `json:"resolution_due,omitempty"`
	Resolved          string     `json:"resolved,omitempty" enum:"kept,broken,pending,"`
}

func serviceOf(v lifecycle.Service) HeldService {
	return HeldService{
		v.Intervention, v.Response, instant(v.ResponseDue), string(v.Responded), v.Resolution, instant(v.ResolutionDue), string(v.Resolved),
	}
}

func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

type listInterventionsInput struct {
	ByID
	Paging
	Asset    string        `query:"asset" maxLength:"64"`
	Contract string        `query:"contract" maxLength:"64"`
	From     inventory.Day `query:"from" maxLength:"10" doc:"Opened on that day or later."`
	To       inventory.Day `query:"to" maxLength:"10"`
}

func (s *Server) listInterventions(ctx context.Context, in *listInterventionsInput) (*listOutput[HeldService], error) {
	if err := days(&in.From, &in.To); err != nil {
		return nil, err
	}
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	list, next, err := s.Store.Interventions(ctx, scopeOf(ctx), inventory.InterventionFilter{
		ClientID: in.ID, AssetID: in.Asset, ContractID: in.Contract, From: in.From, To: in.To, Page: in.page(),
	})
	if err != nil {
		return nil, err
	}
	services, err := s.services(ctx, in.ID, list)
	return part(services, next, err)
}

// services holds interventions against the contracts they are under.
func (s *Server) services(ctx context.Context, clientID string, list []inventory.Intervention) ([]HeldService, error) {
	contracts, err := s.Store.Contracts(ctx, scopeOf(ctx), clientID)
	if err != nil {
		return nil, err
	}
	by := make(map[string]*inventory.Contract, len(contracts))
	for i := range contracts {
		by[contracts[i].ID] = &contracts[i]
	}
	now := s.Now()
	services := make([]HeldService, len(list))
	for i, v := range list {
		held, err := lifecycle.ServiceOf(v, by[v.ContractID], now)
		if err != nil {
			return nil, err
		}
		services[i] = serviceOf(held)
	}
	return services, nil
}

// allInterventions reads a list to its end.
func (s *Server) allInterventions(ctx context.Context, f inventory.InterventionFilter) ([]inventory.Intervention, error) {
	var all []inventory.Intervention
	f.Page = inventory.Page{Limit: 500}
	for {
		list, next, err := s.Store.Interventions(ctx, scopeOf(ctx), f)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
		if next == "" {
			return all, nil
		}
		f.Page.After = next
	}
}

func (s *Server) serviceAnswer(ctx context.Context, v inventory.Intervention, err error) (*oneOutput[HeldService], error) {
	if err != nil {
		return nil, err
	}
	services, err := s.services(ctx, v.ClientID, []inventory.Intervention{v})
	if err != nil {
		return nil, err
	}
	return one(services[0], nil)
}

func (s *Server) showIntervention(ctx context.Context, in *ByID) (*oneOutput[HeldService], error) {
	v, err := s.Store.Intervention(ctx, scopeOf(ctx), in.ID)
	return s.serviceAnswer(ctx, v, err)
}

// InterventionFields are what may be said of an intervention beside what it must have.
type InterventionFields struct {
	AssetID       *string     `json:"asset_id,omitempty" maxLength:"64"`
	ContractID    *string     `json:"contract_id,omitempty" maxLength:"64"`
	RespondedAt   *time.Time  `json:"responded_at,omitempty"`
	ResolvedAt    *time.Time  `json:"resolved_at,omitempty"`
	PausedMinutes *int        `json:"paused_minutes,omitempty" minimum:"0" maximum:"1000000" doc:"Waiting for the client or a third party."`
	WorkMinutes   *int        `json:"work_minutes,omitempty" minimum:"0" maximum:"1000000"`
	Cost          *moneyInput `json:"cost,omitempty"`
	By            *string     `json:"by,omitempty" maxLength:"200"`
}

func (b *InterventionFields) apply(v *inventory.Intervention) {
	give(&v.AssetID, b.AssetID)
	give(&v.ContractID, b.ContractID)
	if b.RespondedAt != nil {
		v.RespondedAt = instant(*b.RespondedAt)
	}
	if b.ResolvedAt != nil {
		v.ResolvedAt = instant(*b.ResolvedAt)
	}
	give(&v.PausedMinutes, b.PausedMinutes)
	give(&v.WorkMinutes, b.WorkMinutes)
	giveMoney(&v.Cost, b.Cost)
	giveText(&v.By, b.By)
}

type addInterventionInput struct {
	ByID
	Body struct {
		Level    int       `json:"level" minimum:"1" maximum:"3" doc:"1 knowledge base, 2 remote, 3 on site."`
		Kind     string    `json:"kind" enum:"failure,request,maintenance,installation"`
		Summary  string    `json:"summary" minLength:"1" maxLength:"4000"`
		OpenedAt time.Time `json:"opened_at"`
		InterventionFields
	}
}

func (s *Server) addIntervention(ctx context.Context, in *addInterventionInput) (*oneOutput[HeldService], error) {
	b := &in.Body
	v := inventory.Intervention{
		ClientID: in.ID, Level: inventory.SupportLevel(b.Level), Kind: b.Kind, Summary: inventory.Clean(b.Summary), OpenedAt: b.OpenedAt.UTC(),
	}
	b.apply(&v)
	v, err := s.Store.AddIntervention(ctx, scopeOf(ctx), v)
	return s.serviceAnswer(ctx, v, err)
}

type patchInterventionInput struct {
	ByID
	Body struct {
		Level    *int       `json:"level,omitempty" minimum:"1" maximum:"3"`
		Kind     *string    `json:"kind,omitempty" enum:"failure,request,maintenance,installation"`
		Summary  *string    `json:"summary,omitempty" minLength:"1" maxLength:"4000"`
		OpenedAt *time.Time `json:"opened_at,omitempty"`
		InterventionFields
	}
}

func (s *Server) patchIntervention(ctx context.Context, in *patchInterventionInput) (*oneOutput[HeldService], error) {
	v, err := s.Store.Intervention(ctx, scopeOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	b := &in.Body
	give((*int)(&v.Level), b.Level)
	give(&v.Kind, b.Kind)
	giveText(&v.Summary, b.Summary)
	if b.OpenedAt != nil {
		v.OpenedAt = b.OpenedAt.UTC()
	}
	b.apply(&v)
	v, err = s.Store.UpdateIntervention(ctx, scopeOf(ctx), v)
	return s.serviceAnswer(ctx, v, err)
}

func (s *Server) deleteIntervention(ctx context.Context, in *ByID) (*struct{}, error) {
	return none(s.Store.DeleteIntervention(ctx, scopeOf(ctx), in.ID))
}
