package main

// DemoCmd will show the simulated company.
type DemoCmd struct{}

// Run runs it.
func (DemoCmd) Run(*App) error { return nil }
