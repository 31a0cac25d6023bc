package api

import (
	"context"
	"io"

	"github.com/danielgtaylor/huma/v2"

	"parc/inventory"
)

// Archives takes whole clients out.
type Archives interface {
	// WriteZip writes all that is known of a client, in open formats, as a zip file.
	WriteZip(ctx context.Context, scope inventory.Scope, client inventory.Client, w io.Writer) error
}

func (s *Server) exportClient(ctx context.Context, in *ByID) (*huma.StreamResponse, error) {
	client, err := s.Store.Client(ctx, scopeOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	s.Log.InfoContext(ctx, "client exported", "client", client.ID, "user", who(ctx).user.ID)
	name := inventory.FileName("parc " + client.Name + " " + string(s.today()) + ".zip")
	return s.streamed(fileHeaders{mediaType: "application/zip", name: name}, func(w io.Writer) error {
		leave, err := enter(ctx, s.exporting)
		if err != nil {
			return err
		}
		defer leave()
		return s.Archives.WriteZip(ctx, scopeOf(ctx), client, w)
	}), nil
}
