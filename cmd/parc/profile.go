package main

import (
	"fmt"
	"net/netip"
	"os"
	"text/tabwriter"

	"parc/inventory"
	"parc/scanner"
	"parc/scanner/profile"
)

// ProfileCmd checks and tries device profiles.
type ProfileCmd struct {
	Lint ProfileLintCmd `cmd:"" help:"Check every profile: strict keys, expressions, examples, ties."`
	Try  ProfileTryCmd  `cmd:"" help:"Show which profile fits a device, and which source gave each field."`
}

// ProfileLintCmd checks profiles.
type ProfileLintCmd struct {
	Dir string `arg:"" optional:"" help:"Folder to check beside parc's own (default: the one of --profiles)." type:"existingdir"`
}

// Run prints each problem; any problem is a failure.
func (c *ProfileLintCmd) Run(app *App) error {
	problems := profile.Lint(nil)
	if dir := c.Dir; dir != "" || app.Profiles != "" {
		if dir == "" {
			dir = app.Profiles
		}
		problems = profile.Lint(os.DirFS(dir))
	}
	for _, p := range problems {
		fmt.Fprintln(app.Out, p)
	}
	if len(problems) > 0 {
		return inventory.Errorf(inventory.Conflict, "%d problems in the profiles", len(problems))
	}
	set, err := app.loadProfiles()
	if err != nil {
		return err
	}
	fmt.Fprintf(app.Out, "%d profiles are sound\n", len(set.Profiles()))
	return nil
}

// ProfileTryCmd tries the profiles on one device.
type ProfileTryCmd struct {
	Capture string `help:"File of a device's objects (.snmprec)." type:"existingfile" xor:"device" required:"" placeholder:"FILE"`
	Address string `help:"A device to ask." xor:"device" required:"" placeholder:"A"`
	ScanFlags
	Depth string `help:"How much to ask: ${enum}." enum:"identity,full" default:"identity"`
}

// Run shows what each source said.
func (c *ProfileTryCmd) Run(app *App) error {
	set, err := app.loadProfiles()
	if err != nil {
		return err
	}
	var result profile.Result
	if c.Capture != "" {
		result, err = tryCapture(app, set, c.Capture, inventory.Depth(c.Depth))
	} else {
		result, err = c.tryAddress(app, set)
	}
	if err != nil {
		return err
	}
	printTrace(app, result)
	return nil
}

func tryCapture(app *App, set *profile.Set, name string, depth inventory.Depth) (profile.Result, error) {
	f, err := os.Open(name)
	if err != nil {
		return profile.Result{}, unreadable(name, err)
	}
	defer f.Close()
	capture, err := profile.ReadCapture(f)
	if err != nil {
		return profile.Result{}, inventory.Errorf(inventory.CodeOf(err), "%s: %w", name, err)
	}
	for _, fault := range capture.Faults() {
		app.say("note: %s: passed over %s", name, fault)
	}
	return set.InquireCapture(capture, depth).Result(app.now()), nil
}

func (c *ProfileTryCmd) tryAddress(app *App, set *profile.Set) (profile.Result, error) {
	addr, err := netip.ParseAddr(c.Address)
	if err != nil {
		return profile.Result{}, inventory.Errorf(inventory.Invalid, "%q is no address", inventory.CleanTo(c.Address, 60))
	}
	credentials, err := c.credentials([]netip.Prefix{netip.PrefixFrom(addr, addr.BitLen())})
	if err != nil {
		return profile.Result{}, err
	}
	return scanner.Try(app.ctx, set, addr, uint16(c.Port), credentials, inventory.Depth(c.Depth), app.now())
}

func printTrace(app *App, result profile.Result) {
	t := tabwriter.NewWriter(app.Out, 0, 4, 2, ' ', 0)
	fmt.Fprintf(t, "profile\t%s\t%s\n", result.Trace.Profile, result.Trace.File)
	for _, id := range result.Trace.Rejected {
		fmt.Fprintf(t, "not\t%s\tthe device lacks what it needs\n", id)
	}
	fmt.Fprintln(t, "\nFIELD\tSOURCE\tVALUE\tOUTCOME")
	for _, s := range result.Trace.Steps {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", s.Field, s.Source, inventory.CleanTo(s.Value, 60), s.Outcome)
	}
	fmt.Fprintln(t, "\nFIELD\tVALUE\tCONFIDENCE\tFROM")
	for _, f := range result.Facts {
		fmt.Fprintf(t, "%s\t%s\t%d\t%s\n", f.Field, inventory.CleanTo(f.Value, 80), f.Confidence, f.From)
	}
	_ = t.Flush() // a terminal that is gone
}
