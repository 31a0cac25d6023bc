package api

import (
	"bytes"
	"context"
	"fmt"
)

type auditInput struct {
	ByID
	Spoken
	Format string `query:"format" enum:"html,json,xlsx" default:"html"`
}

type fileOutput struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

var mediaType = map[string]string{
	"html": "text/html; charset=utf-8",
	"json": "application/json",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// writeAudit makes the report whole before the first byte leaves, so that an
// error is a problem and not half a file.
func (s *Server) writeAudit(ctx context.Context, in *auditInput) (*fileOutput, error) {
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	var body bytes.Buffer
	if err := s.Report(ctx, scopeOf(ctx), in.ID, in.Format, in.Lang, &body); err != nil {
		return nil, err
	}
	return &fileOutput{
		ContentType: mediaType[in.Format],
		Disposition: fmt.Sprintf(`attachment; filename="audit-%s.%s"`, s.today(), in.Format),
		Body:        body.Bytes(),
	}, nil
}
