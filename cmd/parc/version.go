package main

import (
	"fmt"
	"runtime"
)

// VersionCmd prints which build this is.
type VersionCmd struct{}

// Run prints the version line.
func (VersionCmd) Run(app *App) error {
	_, err := fmt.Fprintln(app.Out, versionLine())
	return err
}

func versionLine() string {
	return fmt.Sprintf("parc %s (commit %s, %s, %s/%s)", version, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
