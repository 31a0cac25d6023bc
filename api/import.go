package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parc/inventory"
	"parc/inventory/exchange"
)

// Imports is the part of the store that takes spreadsheets in.
type Imports interface {
	Import(ctx context.Context, scope inventory.Scope, file inventory.ImportFile) (inventory.ImportResult, error)
	Imports(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Import, error)
	UndoImport(ctx context.Context, scope inventory.Scope, id string) (inventory.Import, error)
}

// importRoutes are about spreadsheets of assets.
func (s *Server) importRoutes() {
	route(s, "GET", "/clients/{id}/imports", read, "Spreadsheets that were taken in, latest first", s.listImports)
	upload(s, "/clients/{id}/imports/preview", change, "What a spreadsheet would do, row by row; nothing is stored", s.previewImport)
	upload(s, "/clients/{id}/imports", change, "Take a spreadsheet in: all of it, or nothing", s.importFile)
	route(s, "POST", "/imports/{id}/undo", change, "Take back what an import did, and nothing done since", s.undoImport)
}

func (s *Server) listImports(ctx context.Context, in *ByID) (*listOutput[inventory.Import], error) {
	return whole(s.Store.Imports(ctx, scopeOf(ctx), in.ID))
}

func (s *Server) undoImport(ctx context.Context, in *ByID) (*oneOutput[inventory.Import], error) {
	return one(s.Store.UndoImport(ctx, scopeOf(ctx), in.ID))
}

type importForm struct {
	File    huma.FormFile `form:"file" required:"true" doc:"CSV or XLSX, one asset a row, below a row of headings; of 50 MiB at most."`
	Mapping string        `form:"mapping" required:"false" maxLength:"100000" doc:"Which column goes where, as JSON: {\"Heading\": \"target\"}, - to leave one out; without it, as the client's last file of the same headings, or as the headings say."`
	SiteID  string        `form:"site_id" required:"false" maxLength:"64" doc:"Where rows stand that name no site; without it the client's only site, or a first one."`
	SkipBad bool          `form:"skip_bad" required:"false" doc:"Leave refused rows out; without it one refused row refuses the file."`
}

type importInput struct {
	ByID
	RawBody huma.MultipartFormFiles[importForm]
}

// ImportColumn is one column of a spreadsheet.
type ImportColumn struct {
	Heading  string   `json:"heading"`
	Target   string   `json:"target" doc:"Where it goes; \"\" is not understood, - is left out."`
	Examples []string `json:"examples" nullable:"false" doc:"The first different values."`
}

// ImportPreview is what a spreadsheet would do.
type ImportPreview struct {
	Columns []ImportColumn `json:"columns" nullable:"false"`
	Targets []string       `json:"targets" nullable:"false" doc:"All that a column may be."`
	Problem string         `json:"problem,omitempty" doc:"Why nothing can be worked out before columns are named."`
	ImportAnswer
}

// ImportAnswer tells what became, or would become, of a spreadsheet.
type ImportAnswer struct {
	Import inventory.Import          `json:"import"`
	Sites  []string                  `json:"sites" nullable:"false" doc:"Names of the sites that are made."`
	Rows   []inventory.ImportVerdict `json:"rows" nullable:"false" doc:"The first 1,000, those that change nothing left out where there are more."`
	Left   int                       `json:"left,omitempty" doc:"How many rows are not told."`
}

// mostVerdicts is how many rows an answer tells of.
const mostVerdicts = 1000

// parallelImports is how many spreadsheets are worked out at a time: each is held in memory.
const parallelImports = 2

func (s *Server) previewImport(ctx context.Context, in *importInput) (*oneOutput[ImportPreview], error) {
	columns, answer, err := s.takeFile(ctx, in, true)
	if err != nil {
		return nil, err
	}
	out := ImportPreview{Columns: []ImportColumn{}, Targets: exchange.Targets(), ImportAnswer: answer}
	for _, c := range columns {
		out.Columns = append(out.Columns, ImportColumn{c.Heading, c.Target, c.Examples})
	}
	if answer.Import.ID == "" {
		out.Problem = "no-headings"
	}
	return one(out, nil)
}

func (s *Server) importFile(ctx context.Context, in *importInput) (*oneOutput[ImportAnswer], error) {
	_, answer, err := s.takeFile(ctx, in, false)
	return one(answer, err)
}

// takeFile reads the file and takes it in, or with dry says what would happen. Dry, a
// file without headings that are understood gives its columns and an empty answer.
func (s *Server) takeFile(ctx context.Context, in *importInput, dry bool) ([]exchange.Column, ImportAnswer, error) {
	form := in.RawBody.Data()
	defer form.File.Close()
	none := ImportAnswer{Sites: []string{}, Rows: []inventory.ImportVerdict{}}
	if form.File.Size > inventory.MostAttachment {
		return nil, none, problem(http.StatusRequestEntityTooLarge, inventory.LimitReached, fmt.Sprintf("file: larger than %d MiB", inventory.MostAttachment>>20))
	}
	known, err := s.Store.Imports(ctx, scopeOf(ctx), in.ID) // refuses another's client before the file is read
	if err != nil {
		return nil, none, err
	}
	leave, err := enter(ctx, s.importing)
	if err != nil {
		return nil, none, err
	}
	defer leave()
	sheet, err := readSheet(form.File, s.Now(), form.Mapping, known)
	if err != nil {
		if !dry || inventory.CodeOf(err) != inventory.Invalid {
			return nil, none, inventory.Errorf(inventory.CodeOf(err), "file: %w", err)
		}
		if _, failed := form.File.Seek(0, io.SeekStart); failed != nil {
			return nil, none, failed
		}
		columns, failed := exchange.Guess(form.File)
		if failed != nil {
			return nil, none, inventory.Errorf(inventory.CodeOf(err), "file: %w", err)
		}
		return columns, none, nil
	}
	good := sheet.Good()
	refused := len(sheet.Rows) - len(good)
	if refused > 0 && !form.SkipBad && !dry {
		return nil, none, inventory.Errorf(inventory.Invalid, "file: %d of %d rows are refused, nothing is stored: mend them, or leave them out with skip_bad", refused, len(sheet.Rows))
	}
	digest, err := digestOf(form.File)
	if err != nil {
		return nil, none, err
	}
	result, err := s.Store.Import(ctx, scopeOf(ctx), inventory.ImportFile{
		ClientID: in.ID, SiteID: form.SiteID, Name: inventory.Clean(form.File.Filename), Digest: digest, Mapping: sheet.Mapping(), Refused: refused, Dry: dry,
		Len: len(good), Row: func(i int) inventory.ImportRow { return sheet.Read(&sheet.Rows[good[i]]) },
	})
	if err != nil {
		return nil, none, err
	}
	answer := ImportAnswer{Import: result.Import, Sites: result.Sites}
	answer.Rows, answer.Left = verdicts(&sheet, result.Rows)
	return sheet.Columns(), answer, nil
}

// readSheet reads the assets of a file by the mapping that is given, else by the one
// of the last import that had the same headings and was not taken back.
func readSheet(file io.ReadSeeker, now time.Time, given string, known []inventory.Import) (exchange.Sheet, error) {
	var mapping exchange.Mapping
	if given != "" {
		if err := json.Unmarshal([]byte(given), &mapping); err != nil {
			return exchange.Sheet{}, inventory.Errorf(inventory.Invalid, "mapping: no JSON of the form {\"Heading\": \"target\"}")
		}
	}
	sheet, err := exchange.ReadAssets(file, now, mapping)
	if given != "" {
		return sheet, err
	}
	columns := slices.Clone(sheet.Headings)
	if err != nil {
		if _, failed := file.Seek(0, io.SeekStart); failed != nil {
			return sheet, failed
		}
		guessed, failed := exchange.Guess(file)
		if failed != nil {
			return sheet, err
		}
		for _, c := range guessed {
			columns = append(columns, c.Heading)
		}
	}
	for i := range known {
		if known[i].UndoneAt != nil || !sameHeadings(columns, known[i].Mapping) {
			continue
		}
		if _, failed := file.Seek(0, io.SeekStart); failed != nil {
			return sheet, failed
		}
		return exchange.ReadAssets(file, now, known[i].Mapping)
	}
	return sheet, err
}

func sameHeadings(headings []string, mapping map[string]string) bool {
	n := 0
	for _, heading := range headings {
		if heading == "" {
			continue
		}
		if _, there := mapping[heading]; !there {
			return false
		}
		n++
	}
	return n > 0 && n == len(mapping)
}

func digestOf(file io.ReadSeeker) (string, error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// verdicts gives what becomes of the rows, those that are refused among them, and how
// many are not told.
func verdicts(sheet *exchange.Sheet, good []inventory.ImportVerdict) (told []inventory.ImportVerdict, left int) {
	told = []inventory.ImportVerdict{}
	changing := len(sheet.Rows) > mostVerdicts
	for i := range sheet.Rows {
		row := &sheet.Rows[i]
		var v inventory.ImportVerdict
		if row.Refused != nil {
			r := row.Refused
			v = inventory.ImportVerdict{Row: row.Number, Name: inventory.CleanTo(row.Ref, 200), What: inventory.ImportRefused, Column: r.Column, Value: r.Value, Problem: r.Problem, Reason: r.Reason}
		} else {
			v, good = good[0], good[1:]
		}
		if len(told) == mostVerdicts || changing && v.What == inventory.ImportUnchanged {
			left++
			continue
		}
		told = append(told, v)
	}
	return told, left
}
