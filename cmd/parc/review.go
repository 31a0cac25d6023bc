package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"parc/inventory"
	"parc/inventory/store"
)

// ReviewCmd shows doubts and takes answers.
type ReviewCmd struct {
	List   ReviewListCmd   `cmd:"" help:"List a client's doubts."`
	Answer ReviewAnswerCmd `cmd:"" help:"Answer a doubt; the answer is remembered as a rule."`
}

// ReviewListCmd lists reviews.
type ReviewListCmd struct {
	Client  string `required:"" help:"Whose doubts." placeholder:"NAME"`
	Decided bool   `help:"The decided ones, in the place of the open ones."`
	Format  string `help:"${enum}." enum:"table,jsonl" default:"table"`
}

// Run prints the list, the newest first.
func (c *ReviewListCmd) Run(app *App) error {
	return app.withClient(c.Client, func(s *store.Store, scope inventory.Scope, client inventory.Client) error {
		t := tabwriter.NewWriter(app.Out, 0, 4, 2, ' ', 0)
		out := json.NewEncoder(app.Out)
		if c.Format == "table" {
			fmt.Fprintln(t, "REVIEW\tWHEN\tKIND\tREASON\tASSETS\tRESOLUTION")
		}
		err := eachPage(func(p inventory.Page) (string, error) {
			reviews, next, err := s.Reviews(app.ctx, scope, client.ID, !c.Decided, p)
			for _, r := range reviews {
				if c.Format == "jsonl" {
					if err := out.Encode(r); err != nil {
						return "", err
					}
					continue
				}
				fmt.Fprintln(t, strings.Join([]string{r.ID, r.At.Format("2006-01-02 15:04"), r.Kind, r.Reason, strings.Join(r.AssetIDs, " "), r.Resolution}, "\t"))
			}
			return next, err
		})
		if err != nil {
			return err
		}
		return t.Flush()
	})
}

// ReviewAnswerCmd answers a review.
type ReviewAnswerCmd struct {
	ID     string `arg:"" help:"The review."`
	Answer string `arg:"" help:"${enum}." enum:"same,different,new,noted"`
	Asset  string `help:"Of same: which candidate it is, or which of the two stays." placeholder:"ID"`
	Remark string `help:"What to remember of it." placeholder:"TEXT"`
}

// Run answers.
func (c *ReviewAnswerCmd) Run(app *App) error {
	return app.withStore(func(s *store.Store, scope inventory.Scope) error {
		r, err := s.AnswerReview(app.ctx, scope, c.ID, inventory.ReviewAnswer{Answer: c.Answer, AssetID: c.Asset, Remark: c.Remark})
		if err != nil {
			return err
		}
		app.say("review %s is decided: %s", r.ID, r.Resolution)
		return nil
	})
}
