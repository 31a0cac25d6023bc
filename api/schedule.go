package api

import (
	"context"
	"net/netip"

	"parc/inventory"
)

func (s *Server) listSchedules(ctx context.Context, in *ByID) (*listOutput[inventory.Schedule], error) {
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	return whole(s.Store.Schedules(ctx, scopeOf(ctx), in.ID))
}

type addScheduleInput struct {
	ByID
	Body struct {
		SiteID   string   `json:"site_id" minLength:"1" maxLength:"64"`
		Name     string   `json:"name" minLength:"1" maxLength:"200"`
		Targets  []string `json:"targets,omitempty" maxItems:"1000" doc:"None: the site's declared networks at each run."`
		Depth    string   `json:"depth,omitempty" enum:"identity,full" default:"full"`
		Spec     string   `json:"spec" minLength:"1" maxLength:"200" doc:"Five cron fields, or @daily and such."`
		TimeZone string   `json:"time_zone,omitempty" maxLength:"100" default:"Europe/Paris"`
		Enabled  *bool    `json:"enabled,omitempty"`
	}
}

func (s *Server) addSchedule(ctx context.Context, in *addScheduleInput) (*oneOutput[inventory.Schedule], error) {
	b := &in.Body
	if err := s.CheckSchedule(b.Spec, b.TimeZone); err != nil {
		return nil, err
	}
	if _, err := s.siteTargets(ctx, in.ID, b.SiteID, b.Targets); err != nil {
		return nil, err
	}
	return one(s.Store.CreateSchedule(ctx, scopeOf(ctx), inventory.Schedule{
		ClientID: in.ID, SiteID: b.SiteID, Name: inventory.Clean(b.Name), Targets: b.Targets,
		Depth: inventory.Depth(b.Depth), Spec: b.Spec, TimeZone: b.TimeZone, Enabled: b.Enabled == nil || *b.Enabled,
	}))
}

type patchScheduleInput struct {
	ByID
	Body struct {
		Name     *string   `json:"name,omitempty" minLength:"1" maxLength:"200"`
		Targets  *[]string `json:"targets,omitempty" maxItems:"1000"`
		Depth    *string   `json:"depth,omitempty" enum:"identity,full"`
		Spec     *string   `json:"spec,omitempty" minLength:"1" maxLength:"200"`
		TimeZone *string   `json:"time_zone,omitempty" minLength:"1" maxLength:"100"`
		Enabled  *bool     `json:"enabled,omitempty"`
	}
}

func (s *Server) patchSchedule(ctx context.Context, in *patchScheduleInput) (*oneOutput[inventory.Schedule], error) {
	sch, err := s.Store.Schedule(ctx, scopeOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	b := &in.Body
	give(&sch.Spec, b.Spec)
	give(&sch.TimeZone, b.TimeZone)
	give(&sch.Enabled, b.Enabled)
	give(&sch.Targets, b.Targets)
	if b.Name != nil {
		sch.Name = inventory.Clean(*b.Name)
	}
	if b.Depth != nil {
		sch.Depth = inventory.Depth(*b.Depth)
	}
	if err := s.CheckSchedule(sch.Spec, sch.TimeZone); err != nil {
		return nil, err
	}
	if _, err := s.siteTargets(ctx, sch.ClientID, sch.SiteID, sch.Targets); err != nil {
		return nil, err
	}
	if b.Spec != nil || b.TimeZone != nil || b.Enabled != nil {
		sch.NextAt = nil // to be worked out anew
	}
	return one(s.Store.UpdateSchedule(ctx, scopeOf(ctx), sch))
}

// give sets a value that was given.
func give[T any](to *T, given *T) {
	if given != nil {
		*to = *given
	}
}

func (s *Server) deleteSchedule(ctx context.Context, in *ByID) (*struct{}, error) {
	return none(s.Store.DeleteSchedule(ctx, scopeOf(ctx), in.ID))
}

func (s *Server) listCredentials(ctx context.Context, in *ByID) (*listOutput[inventory.Credential], error) {
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	return whole(s.Store.Credentials(ctx, scopeOf(ctx), in.ID))
}

type addCredentialInput struct {
	ByID
	Body struct {
		SiteID     string   `json:"site_id,omitempty" maxLength:"64" doc:"None: every site of the client."`
		Name       string   `json:"name" minLength:"1" maxLength:"200"`
		Version    string   `json:"version" enum:"1,2c,3"`
		Community  string   `json:"community,omitempty" maxLength:"255" doc:"Written, never read back."`
		User       string   `json:"user,omitempty" maxLength:"64"`
		Auth       string   `json:"auth,omitempty" enum:",MD5,SHA,SHA224,SHA256,SHA384,SHA512"`
		AuthKey    string   `json:"auth_key,omitempty" maxLength:"255" doc:"Written, never read back."`
		Privacy    string   `json:"privacy,omitempty" enum:",DES,AES,AES192,AES256,AES192C,AES256C"`
		PrivacyKey string   `json:"privacy_key,omitempty" maxLength:"255" doc:"Written, never read back."`
		Ranges     []string `json:"ranges" minItems:"1" maxItems:"500" doc:"Where it may be sent; nowhere else."`
	}
}

func (s *Server) addCredential(ctx context.Context, in *addCredentialInput) (*oneOutput[inventory.Credential], error) {
	b := &in.Body
	c := inventory.Credential{
		ClientID: in.ID, SiteID: b.SiteID, Name: inventory.Clean(b.Name), Version: b.Version,
		Secret: inventory.NewSecret(b.Community), User: b.User, Auth: b.Auth, AuthKey: inventory.NewSecret(b.AuthKey),
		Privacy: b.Privacy, PrivKey: inventory.NewSecret(b.PrivacyKey), Ranges: []netip.Prefix{},
	}
	switch {
	case b.Version == "3" && b.User == "":
		return nil, inventory.Errorf(inventory.Invalid, "SNMPv3 needs a user")
	case b.Version != "3" && b.Community == "":
		return nil, inventory.Errorf(inventory.Invalid, "SNMP v%s needs a community", b.Version)
	case (b.Auth == "") != (b.AuthKey == ""), (b.Privacy == "") != (b.PrivacyKey == ""):
		return nil, inventory.Errorf(inventory.Invalid, "an SNMPv3 protocol and its key go together: give both or neither")
	case b.Privacy != "" && b.Auth == "":
		return nil, inventory.Errorf(inventory.Invalid, "SNMPv3 has no privacy without authentication")
	}
	for _, text := range b.Ranges {
		n, err := inventory.ParseNetwork(text, false)
		if err != nil {
			return nil, err
		}
		c.Ranges = append(c.Ranges, n.Prefix)
	}
	return one(s.Store.CreateCredential(ctx, scopeOf(ctx), c))
}

func (s *Server) deleteCredential(ctx context.Context, in *ByID) (*struct{}, error) {
	return none(s.Store.DeleteCredential(ctx, scopeOf(ctx), in.ID))
}
