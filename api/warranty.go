package api

import (
	"context"

	"parc/inventory"
)

// Warranty is what the API needs of the store for look-ups at manufacturers.
type Warranty interface {
	MakerKeys(ctx context.Context, scope inventory.Scope) ([]inventory.MakerKey, error)
	SetMakerKey(ctx context.Context, scope inventory.Scope, key inventory.MakerKey) error
	DeleteMakerKey(ctx context.Context, scope inventory.Scope, maker string) error
	WarrantyLookups(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.WarrantyLookup, error)
}

func (s *Server) listMakerKeys(ctx context.Context, _ *struct{}) (*listOutput[inventory.MakerKey], error) {
	return whole(s.Store.MakerKeys(ctx, scopeOf(ctx)))
}

// ByMaker names a manufacturer in the path.
type ByMaker struct {
	Maker string `path:"maker" enum:"dell,lenovo"`
}

type setMakerKeyInput struct {
	ByMaker
	Body struct {
		Login  string `json:"login,omitempty" maxLength:"200" doc:"Client id, where the manufacturer gives one (Dell)."`
		Secret string `json:"secret" minLength:"4" maxLength:"1000" doc:"Client secret, or Lenovo's ClientID. It is never shown again."`
	}
}

func (s *Server) setMakerKey(ctx context.Context, in *setMakerKeyInput) (*struct{}, error) {
	key := inventory.MakerKey{Maker: in.Maker, Login: inventory.Clean(in.Body.Login), Secret: inventory.NewSecret(in.Body.Secret)}
	if in.Maker == "dell" && key.Login == "" {
		return nil, inventory.Errorf(inventory.Invalid, "a key for Dell is a client id and a client secret, from TechDirect: login is empty")
	}
	return nil, s.Store.SetMakerKey(ctx, scopeOf(ctx), key)
}

func (s *Server) deleteMakerKey(ctx context.Context, in *ByMaker) (*struct{}, error) {
	return nil, s.Store.DeleteMakerKey(ctx, scopeOf(ctx), in.Maker)
}

func (s *Server) listWarrantyLookups(ctx context.Context, in *ByID) (*listOutput[inventory.WarrantyLookup], error) {
	return whole(s.Store.WarrantyLookups(ctx, scopeOf(ctx), in.ID))
}

// fetchWarranties starts the task that asks manufacturers; what it finds shows
// in the coverages.
func (s *Server) fetchWarranties(ctx context.Context, _ *struct{}) (*struct{}, error) {
	return nil, s.Queue.RunTask(ctx, "warranty")
}
