package main

// MigrateCmd brings the database's tables up to date; every other command does
// the same by itself, so this is for those who want it done apart.
type MigrateCmd struct{}

// Run migrates.
func (MigrateCmd) Run(app *App) error {
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	app.say("the database is up to date")
	return s.Close()
}
