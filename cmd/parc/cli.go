package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/alecthomas/kong"
	kongyaml "github.com/alecthomas/kong-yaml"

	"parc/inventory"
)

// Settings are the flags that every command takes; each is also an
// environment variable (PARC_DATABASE …) and a key of the settings file. Flags
// beat the environment, which beats the file.
type Settings struct {
	Config    kong.ConfigFlag `help:"Settings file (YAML)." placeholder:"FILE"`
	Database  string          `help:"Database: a file's path for SQLite, or postgres://… (default: parc.db in the user's data folder)." placeholder:"DSN"`
	KeyFile   string          `help:"File of the key that encrypts secrets (default: beside the SQLite file, or in the user's data folder). Made when it is not there." placeholder:"FILE"`
	Profiles  string          `help:"Folder of device profiles that add to or replace parc's own." placeholder:"DIR"`
	LogLevel  string          `help:"What is logged: ${enum}." enum:"debug,info,warn,error" default:"warn"`
	LogFormat string          `help:"Form of the log: ${enum}." enum:"text,json" default:"text"`
}

// CLI is the command line: one struct is flags, environment and file.
type CLI struct {
	Settings
	VersionFlag kong.VersionFlag `name:"version" env:"-" help:"Print the version and the commit."`

	Scan        ScanCmd        `cmd:"" help:"Scan and print what is there; stores nothing."`
	Audit       AuditCmd       `cmd:"" help:"Scan, store, and write the audit report."`
	Report      ReportCmd      `cmd:"" help:"Write a report of a client: audit, renewals, register, labels …"`
	SavedReport SavedReportCmd `cmd:"" help:"Reports that are made on a schedule and mailed."`
	Provider    ProviderCmd    `cmd:"" help:"Show or set the provider's name, logo and small print on documents."`
	MailServer  MailServerCmd  `cmd:"" help:"Show, set or try the mail server that sends documents."`
	Ingest      IngestCmd      `cmd:"" help:"Store observations from files."`
	Agent       AgentCmd       `cmd:"" help:"Let inventory agents (GLPI, FusionInventory, OCS) report in."`
	Import      ImportCmd      `cmd:"" help:"Take in a spreadsheet of assets (CSV, XLSX), or a client's export."`
	Imports     ImportsCmd     `cmd:"" help:"The spreadsheets that were taken in: list them, take one back."`
	Export      ExportCmd      `cmd:"" help:"Write a whole client in open formats."`
	Assets      AssetsCmd      `cmd:"" help:"List a client's assets."`
	Software    SoftwareCmd    `cmd:"" help:"What is installed, as products: on how many devices, and by what their licences count."`
	Asset       AssetCmd       `cmd:"" help:"Merge and split assets by hand, and undo it."`
	Attach      AttachCmd      `cmd:"" help:"Attach files to an asset, a contract … or the client itself."`
	Attachments AttachmentsCmd `cmd:"" help:"List attached files, take them out, remove them."`
	Review      ReviewCmd      `cmd:"" help:"Show doubts and answer them."`
	Forget      ForgetCmd      `cmd:"" help:"Erase one person everywhere (GDPR)."`
	Forecast    ForecastCmd    `cmd:"" help:"What ends and what must be paid, and what it costs."`
	Calendar    CalendarCmd    `cmd:"" help:"Write what ends, and the last days of notice, as a calendar (iCalendar)."`
	Budget      BudgetCmd      `cmd:"" help:"When to replace what, within a cap for each year; scenarios compared."`
	Licences    LicencesCmd    `cmd:"" help:"Licences held against what is used: what to buy, what to reclaim; keys found on machines."`
	Value       ValueCmd       `cmd:"" help:"Book values, of a client or calculated."`
	Schedule    ScheduleCmd    `cmd:"" help:"Work out a loan, a lease or a contract: instalments, dates, present value."`
	Serve       ServeCmd       `cmd:"" help:"Serve the API and the web UI."`
	Demo        DemoCmd        `cmd:"" help:"Simulate a small company, scan it for real, and serve the UI."`
	Migrate     MigrateCmd     `cmd:"" help:"Bring the database's tables up to date."`
	Backup      BackupCmd      `cmd:"" help:"Write the whole database into one file, while parc serve runs."`
	Restore     RestoreCmd     `cmd:"" help:"Put a backup into an empty database, SQLite or PostgreSQL."`
	User        UserCmd        `cmd:"" help:"Manage who may sign in."`
	Profile     ProfileCmd     `cmd:"" help:"Check and try device profiles."`
	Catalogue   CatalogueCmd   `cmd:"" help:"Show and update what is known of products: until when their makers look after them."`
	Warranty    WarrantyCmd    `cmd:"" help:"Look warranties up at manufacturers."`
	Version     VersionCmd     `cmd:"" help:"Print the version and the commit."`
}

// envFirst gives a flag's value from the settings file only when no
// environment variable sets it: kong alone would let the file win.
func envFirst(loader kong.ConfigurationLoader) kong.ConfigurationLoader {
	return func(r io.Reader) (kong.Resolver, error) {
		file, err := loader(r)
		if err != nil {
			return nil, inventory.Errorf(inventory.Invalid, "settings file: %w", err)
		}
		return kong.ResolverFunc(func(c *kong.Context, parent *kong.Path, flag *kong.Flag) (any, error) {
			for _, env := range flag.Envs {
				if _, set := os.LookupEnv(env); set {
					return nil, nil
				}
			}
			return file.Resolve(c, parent, flag)
		}), nil
	}
}

// exited carries an exit code that kong's help and version flags ask for.
type exited struct{ code int }

// Run parses the arguments and runs one command. It gives the exit code.
func Run(ctx context.Context, args []string, streams Streams) (code int) {
	defer func() {
		// kong calls Exit after --help and --version; it must not return.
		if r := recover(); r != nil {
			e, ok := r.(exited)
			if !ok {
				panic(r)
			}
			code = e.code
		}
	}()
	var cli CLI
	parser, err := kong.New(&cli,
		kong.Name("parc"),
		kong.Description("IT assets and their lifecycle, for managed-service providers."),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.DefaultEnvars("PARC"),
		kong.Configuration(envFirst(kongyaml.Loader)),
		kong.Vars{"version": versionLine()},
		kong.Writers(streams.Out, streams.Err),
		kong.Exit(func(code int) { panic(exited{code}) }),
	)
	if err != nil {
		fmt.Fprintf(streams.Err, "parc: %v\n", err)
		return exitFailed
	}
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(streams.Err, "parc: %v\nRun parc --help to see what there is.\n", err)
		return exitUsage
	}
	app := &App{Streams: streams, Settings: cli.Settings, ctx: ctx, now: time.Now, log: newLog(cli.Settings, streams)}
	if err := command.Run(app); err != nil {
		app.say("parc: %s", app.explain(err))
		return exitCode(err)
	}
	return exitFine
}

func newLog(settings Settings, streams Streams) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(settings.LogLevel)) // kong allows only valid levels
	options := &slog.HandlerOptions{Level: level}
	if settings.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(streams.Err, options))
	}
	return slog.New(slog.NewTextHandler(streams.Err, options))
}
