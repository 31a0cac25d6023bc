package api

import (
	"context"

	"parc/inventory"
)

func (s *Server) listSavedReports(ctx context.Context, in *ByID) (*listOutput[inventory.SavedReport], error) {
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	return whole(s.Store.SavedReports(ctx, scopeOf(ctx), in.ID))
}

type addSavedReportInput struct {
	ByID
	Body struct {
		Name       string   `json:"name" minLength:"1" maxLength:"200"`
		Kind       string   `json:"kind" minLength:"1" maxLength:"40"`
		Lang       string   `json:"lang,omitempty" enum:"fr,en" default:"fr"`
		Format     string   `json:"format,omitempty" enum:"pdf,html,xlsx,json" default:"pdf"`
		Recipients []string `json:"recipients" minItems:"1" maxItems:"50" doc:"Mail addresses."`
		Spec       string   `json:"spec" minLength:"1" maxLength:"200" doc:"Five cron fields, or @monthly and such."`
		TimeZone   string   `json:"time_zone,omitempty" maxLength:"100" default:"Europe/Paris"`
		Enabled    *bool    `json:"enabled,omitempty"`
	}
}

func (s *Server) addSavedReport(ctx context.Context, in *addSavedReportInput) (*oneOutput[inventory.SavedReport], error) {
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	b := &in.Body
	saved, err := s.Documents.CheckSaved(inventory.SavedReport{
		ClientID: in.ID, Name: inventory.Clean(b.Name), Kind: b.Kind, Lang: b.Lang, Format: b.Format, Recipients: b.Recipients,
		Spec: b.Spec, TimeZone: b.TimeZone, Enabled: b.Enabled == nil || *b.Enabled,
	})
	if err != nil {
		return nil, err
	}
	return one(s.Store.CreateSavedReport(ctx, scopeOf(ctx), saved))
}

type patchSavedReportInput struct {
	ByID
	Body struct {
		Name       *string   `json:"name,omitempty" minLength:"1" maxLength:"200"`
		Kind       *string   `json:"kind,omitempty" minLength:"1" maxLength:"40"`
		Lang       *string   `json:"lang,omitempty" enum:"fr,en"`
		Format     *string   `json:"format,omitempty" enum:"pdf,html,xlsx,json"`
		Recipients *[]string `json:"recipients,omitempty" minItems:"1" maxItems:"50"`
		Spec       *string   `json:"spec,omitempty" minLength:"1" maxLength:"200"`
		TimeZone   *string   `json:"time_zone,omitempty" minLength:"1" maxLength:"100"`
		Enabled    *bool     `json:"enabled,omitempty"`
	}
}

func (s *Server) patchSavedReport(ctx context.Context, in *patchSavedReportInput) (*oneOutput[inventory.SavedReport], error) {
	saved, err := s.Store.SavedReport(ctx, scopeOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	b := &in.Body
	give(&saved.Kind, b.Kind)
	give(&saved.Lang, b.Lang)
	give(&saved.Format, b.Format)
	give(&saved.Recipients, b.Recipients)
	give(&saved.Spec, b.Spec)
	give(&saved.TimeZone, b.TimeZone)
	give(&saved.Enabled, b.Enabled)
	if b.Name != nil {
		saved.Name = inventory.Clean(*b.Name)
	}
	if saved, err = s.Documents.CheckSaved(saved); err != nil {
		return nil, err
	}
	return one(s.Store.UpdateSavedReport(ctx, scopeOf(ctx), saved))
}

func (s *Server) deleteSavedReport(ctx context.Context, in *ByID) (*struct{}, error) {
	return none(s.Store.DeleteSavedReport(ctx, scopeOf(ctx), in.ID))
}

func (s *Server) sendSavedReport(ctx context.Context, in *ByID) (*oneOutput[inventory.SavedReport], error) {
	return one(s.Documents.Send(ctx, scopeOf(ctx), in.ID))
}
