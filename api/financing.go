package api

import (
	"context"
	"fmt"

	"parc/inventory"
	"parc/lifecycle"
)

// Term is where a contract or a lease stands today.
type Term struct {
	Number   int           `json:"number" doc:"0 in the first term, then how often it was renewed."`
	Start    inventory.Day `json:"start,omitempty"`
	End      inventory.Day `json:"end,omitempty" doc:"The last day."`
	Safe     inventory.Day `json:"safe,omitempty" doc:"The last day on which notice for that end is safe."`
	Notice   inventory.Day `json:"notice,omitempty" doc:"The last working day on which to act."`
	Moved    string        `json:"moved,omitempty" doc:"Why notice is earlier than safe."`
	SendBy   inventory.Day `json:"send_by,omitempty" doc:"A registered letter leaves by then."`
	Renews   bool          `json:"renews" doc:"It goes on by itself."`
	Bound    inventory.Day `json:"bound,omitempty" doc:"Until when it binds if nobody gives notice in time."`
	Over     bool          `json:"over"`
	Missed   bool          `json:"missed" doc:"Too late for this end: notice now is for the next."`
	DaysLeft int           `json:"days_left" doc:"From today to the last working day to act, else to the end; negative when past."`
}

func termOf(t lifecycle.Term, day inventory.Day) *Term {
	if t.End.IsZero() {
		return nil
	}
	until := t.End
	if !t.Notice.IsZero() {
		until = t.Notice
	}
	return &Term{
		t.Number, t.Start, t.End, t.Safe, t.Notice, t.Moved, t.SendBy, t.Renews, t.Bound, t.Over, t.Missed, day.Until(until),
	}
}

// ListedFinancing is a financing with where its term stands.
type ListedFinancing struct {
	inventory.Financing
	Term *Term `json:"term,omitempty"`
}

func (s *Server) financing(f inventory.Financing) ListedFinancing {
	day := s.today()
	return ListedFinancing{f, termOf(lifecycle.LeaseTerm(f, day), day)}
}

func (s *Server) listFinancings(ctx context.Context, in *ByID) (*listOutput[ListedFinancing], error) {
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	all, err := s.Store.Financings(ctx, scopeOf(ctx), in.ID)
	return whole(each(all, s.financing), err)
}

func (s *Server) showFinancing(ctx context.Context, in *ByID) (*oneOutput[ListedFinancing], error) {
	f, err := s.Store.Financing(ctx, scopeOf(ctx), in.ID)
	return one(s.financing(f), err)
}

func each[A, B any](all []A, as func(A) B) []B {
	out := make([]B, len(all))
	for i, item := range all {
		out[i] = as(item)
	}
	return out
}

// FinancingFields are what may be said of a financing beside what it must have.
type FinancingFields struct {
	Supplier     *string     `json:"supplier,omitempty" maxLength:"200"`
	Lessor       *string     `json:"lessor,omitempty" maxLength:"200"`
	Reference    *string     `json:"reference,omitempty" maxLength:"200" doc:"Number of the invoice or of the lease."`
	SignedOn     *Date       `json:"signed_on,omitempty"`
	Months       *int        `json:"months,omitempty" minimum:"0" maximum:"240"`
	PeriodMonths *int        `json:"period_months,omitempty" minimum:"0" maximum:"12" doc:"1 monthly, 3 quarterly …"`
	Arrears      *bool       `json:"arrears,omitempty" doc:"Paid at the end of each period."`
	Price        *moneyInput `json:"price,omitempty"`
	Instalment   *moneyInput `json:"instalment,omitempty"`
	Residual     *moneyInput `json:"residual,omitempty" doc:"Purchase option or buy-out at the end."`
	RateBPS      *int        `json:"rate_bps,omitempty" minimum:"0" maximum:"10000" doc:"Nominal yearly rate of a loan; 480 is 4.8 %."`
	TacitMonths  *int        `json:"tacit_months,omitempty" minimum:"0" maximum:"120"`
	NoticeMonths *int        `json:"notice_months,omitempty" minimum:"0" maximum:"36"`
	NoticeDays   *int        `json:"notice_days,omitempty" minimum:"0" maximum:"1000"`
	ReturnTerms  *string     `json:"return_terms,omitempty" maxLength:"4000"`
	ReturnCost   *moneyInput `json:"return_cost,omitempty"`
	InService    *Date       `json:"in_service,omitempty"`
	Method       *string     `json:"method,omitempty" enum:"linear,declining,expensed,"`
	LifeMonths   *int        `json:"life_months,omitempty" minimum:"0" maximum:"600"`
	VATPermille  *int        `json:"vat_permille,omitempty" minimum:"0" maximum:"1000" doc:"200 is 20 %, which a new one has unless told."`
	AssetIDs     *[]string   `json:"asset_ids,omitempty" maxItems:"10000"`
	Notes        *string     `json:"notes,omitempty" maxLength:"4000"`

	FirstInstalment *moneyInput `json:"first_instalment,omitempty" doc:"A raised first rent (premier loyer majoré), in the place of the first one."`
	Deposit         *moneyInput `json:"deposit,omitempty" doc:"Paid at the start, given back at the end; bears no VAT."`
	Premium         *moneyInput `json:"premium,omitempty" doc:"Of the lessor's insurance, billed with each rent; bears no VAT."`
	IndexBPS        *int        `json:"index_bps,omitempty" minimum:"-5000" maximum:"10000" doc:"Yearly rise of the rent on each anniversary; 250 is 2.5 %."`
	ExitPermille    *int        `json:"exit_permille,omitempty" minimum:"0" maximum:"10000" doc:"What leaving early costs, of the rents left: 1100 is all of them and 10 %; 0 is not agreed."`
	MustInsure      *bool       `json:"must_insure,omitempty" doc:"The lessee has to insure the things."`
	InsuredUntil    *Date       `json:"insured_until,omitempty" doc:"End of the lessee's own insurance of them."`
	OptionFrom      *Date       `json:"option_from,omitempty" doc:"The purchase option is declared from this day on."`
	OptionUntil     *Date       `json:"option_until,omitempty" doc:"The last day to declare the purchase option."`

	Amendments *[]AmendmentInput `json:"amendments,omitempty" maxItems:"200" doc:"Of a lease, in the order of their days; they replace those that were there."`
}

// AmendmentInput is a change of a lease during its term.
type AmendmentInput struct {
	ID         string      `json:"id,omitempty" maxLength:"64" doc:"Of one that is there already."`
	Day        Date        `json:"day" minLength:"1" doc:"Since when it holds."`
	SignedOn   Date        `json:"signed_on,omitempty"`
	Term       string      `json:"term" enum:"co-terminous,restart,own" doc:"co-terminous: all ends when the lease does; restart: the whole lease runs anew from the day; own: what comes in has its own rent and end."`
	Months     int         `json:"months,omitempty" minimum:"0" maximum:"240" doc:"Of the new or the own term, from the day on; 0 when co-terminous."`
	Instalment *moneyInput `json:"instalment,omitempty" doc:"The whole rent of a period from the day on, or that of the own schedule; absent leaves the rent as it is."`
	AssetsIn   []string    `json:"assets_in,omitempty" maxItems:"10000" doc:"Assets that come in."`
	AssetsOut  []string    `json:"assets_out,omitempty" maxItems:"10000" doc:"Assets that go back to the lessor."`
	Notes      string      `json:"notes,omitempty" maxLength:"4000"`
}

func (b AmendmentInput) amendment() inventory.Amendment {
	a := inventory.Amendment{
		ID: b.ID, Day: inventory.Day(b.Day), SignedOn: inventory.Day(b.SignedOn), Term: inventory.AmendmentTerm(b.Term), Months: b.Months,
		AssetsIn: b.AssetsIn, AssetsOut: b.AssetsOut, Notes: inventory.Clean(b.Notes),
	}
	if b.Instalment != nil { // none at all is a rent too
		a.Instalment = b.Instalment.money()
	}
	return a
}

func (b *FinancingFields) apply(f *inventory.Financing) {
	giveText(&f.Supplier, b.Supplier)
	giveText(&f.Lessor, b.Lessor)
	giveText(&f.Reference, b.Reference)
	giveDay(&f.SignedOn, b.SignedOn)
	give(&f.Months, b.Months)
	give(&f.PeriodMonths, b.PeriodMonths)
	give(&f.Arrears, b.Arrears)
	giveMoney(&f.Price, b.Price)
	giveMoney(&f.Instalment, b.Instalment)
	giveMoney(&f.Residual, b.Residual)
	give(&f.RateBPS, b.RateBPS)
	give(&f.TacitMonths, b.TacitMonths)
	give(&f.NoticeMonths, b.NoticeMonths)
	give(&f.NoticeDays, b.NoticeDays)
	giveText(&f.ReturnTerms, b.ReturnTerms)
	giveMoney(&f.ReturnCost, b.ReturnCost)
	giveDay(&f.InService, b.InService)
	give((*string)(&f.Method), b.Method)
	give(&f.LifeMonths, b.LifeMonths)
	give(&f.VATPermille, b.VATPermille)
	give(&f.AssetIDs, b.AssetIDs)
	giveText(&f.Notes, b.Notes)
	giveMoney(&f.FirstInstalment, b.FirstInstalment)
	giveMoney(&f.Deposit, b.Deposit)
	giveMoney(&f.Premium, b.Premium)
	give(&f.IndexBPS, b.IndexBPS)
	give(&f.ExitPermille, b.ExitPermille)
	give(&f.MustInsure, b.MustInsure)
	giveDay(&f.InsuredUntil, b.InsuredUntil)
	giveDay(&f.OptionFrom, b.OptionFrom)
	giveDay(&f.OptionUntil, b.OptionUntil)
	if b.Amendments != nil {
		f.Amendments = each(*b.Amendments, AmendmentInput.amendment)
	}
}

type addFinancingInput struct {
	ByID
	Body struct {
		Kind  string `json:"kind" enum:"purchase,loan,credit-bail,lease,evolving,subscription"`
		Start Date   `json:"start" minLength:"1" doc:"Day of the invoice, or first day of the lease."`
		FinancingFields
	}
}

// normalVAT is what a new thing has unless told, in permille.
const normalVAT = 200

func (s *Server) addFinancing(ctx context.Context, in *addFinancingInput) (*oneOutput[ListedFinancing], error) {
	f := inventory.Financing{
		ClientID: in.ID, Kind: inventory.FinancingKind(in.Body.Kind), Start: inventory.Day(in.Body.Start), VATPermille: normalVAT,
	}
	in.Body.apply(&f)
	if err := lifecycle.CheckFinancing(f); err != nil {
		return nil, err
	}
	f, err := s.Store.AddFinancing(ctx, scopeOf(ctx), f)
	return one(s.financing(f), err)
}

type patchFinancingInput struct {
	ByID
	Body struct {
		Kind  *string `json:"kind,omitempty" enum:"purchase,loan,credit-bail,lease,evolving,subscription"`
		Start *Date   `json:"start,omitempty" minLength:"1"`
		FinancingFields
	}
}

func (s *Server) patchFinancing(ctx context.Context, in *patchFinancingInput) (*oneOutput[ListedFinancing], error) {
	f, err := s.Store.Financing(ctx, scopeOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	give((*string)(&f.Kind), in.Body.Kind)
	giveDay(&f.Start, in.Body.Start)
	in.Body.apply(&f)
	if err := lifecycle.CheckFinancing(f); err != nil {
		return nil, err
	}
	f, err = s.Store.UpdateFinancing(ctx, scopeOf(ctx), f)
	return one(s.financing(f), err)
}

func (s *Server) deleteFinancing(ctx context.Context, in *ByID) (*struct{}, error) {
	return none(s.Store.DeleteFinancing(ctx, scopeOf(ctx), in.ID))
}

// PaymentSchedule is what a financing still costs, and how it can end.
type PaymentSchedule struct {
	FinancingID  string           `json:"financing_id"`
	Day          inventory.Day    `json:"day"`
	Conventions  []string         `json:"conventions" nullable:"false"`
	Instalments  []Instalment     `json:"instalments" nullable:"false"`
	Total        inventory.Money  `json:"total"`
	Left         int              `json:"left" doc:"Instalments after the day."`
	LeftAmount   inventory.Money  `json:"left_amount"`
	Term         *Term            `json:"term,omitempty"`
	MissedNotice *inventory.Money `json:"missed_notice,omitempty" doc:"What a forgotten notice costs."`
	Exits        []Exit           `json:"exits" nullable:"false" doc:"Of a lease, the cheapest first."`
	EarlyExit    *inventory.Money `json:"early_exit,omitempty" doc:"What leaving on the day costs, where that is agreed."`
	PresentValue *inventory.Money `json:"present_value,omitempty" doc:"Of a lease's payments on its first day, at the policy's rate."`
	Schedules    []LeasePart      `json:"schedules" nullable:"false" doc:"Of a lease: itself, then its amendments with a term of their own."`
}

// LeasePart is a part of a lease that ends by itself.
type LeasePart struct {
	Schedule     int              `json:"schedule"`
	Term         *Term            `json:"term,omitempty"`
	Rent         inventory.Money  `json:"rent" doc:"Of a period, in force on the day."`
	LeftAmount   inventory.Money  `json:"left_amount"`
	MissedNotice *inventory.Money `json:"missed_notice,omitempty"`
	AssetIDs     []string         `json:"asset_ids" nullable:"false" doc:"On the day."`
}

// Instalment is one payment, net of VAT.
type Instalment struct {
	Day       inventory.Day   `json:"day"`
	Kind      string          `json:"kind"`
	Amount    inventory.Money `json:"amount"`
	Interest  inventory.Money `json:"interest"`
	Principal inventory.Money `json:"principal"`
	Left      inventory.Money `json:"left"`
	Schedule  int             `json:"schedule" doc:"Which of the schedules it is of."`
}

// Exit is one way out of a lease.
type Exit struct {
	Kind  string          `json:"kind" enum:"return,extend,buy"`
	Cost  inventory.Money `json:"cost"`
	Known bool            `json:"known" doc:"false: a price is missing, and cost leaves it out."`
	Why   string          `json:"why"`
}

type scheduleInput struct {
	ByID
	Dated
}

func (s *Server) showSchedule(ctx context.Context, in *scheduleInput) (*oneOutput[PaymentSchedule], error) {
	f, err := s.Store.Financing(ctx, scopeOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	day, err := in.day(s.today())
	if err != nil {
		return nil, err
	}
	estate, err := s.estate(ctx, f.ClientID, day)
	if err != nil {
		return nil, err
	}
	out := PaymentSchedule{
		FinancingID: f.ID, Day: day, Instalments: []Instalment{}, Exits: []Exit{}, Schedules: []LeasePart{},
		Conventions: []string{"amounts are net of VAT", "the last instalment takes what rounding leaves"},
	}
	lines := lifecycle.Instalments(f)
	for _, i := range lines {
		out.Instalments = append(out.Instalments, Instalment{i.Day, string(i.Kind), i.Amount, i.Interest, i.Principal, i.Left, i.Schedule})
		if out.Total, err = out.Total.Add(i.Amount); err != nil {
			return nil, err
		}
	}
	out.Left, out.LeftAmount = lifecycle.Remaining(f, day)
	out.Term = termOf(lifecycle.LeaseTerm(f, day), day)
	if !lifecycle.Owned(f.Kind) {
		bps := lifecycle.WithDefaults(estate.Policy).DiscountBPS
		present := lifecycle.PresentValueOf(lines, f.Start, f.Arrears, bps)
		out.PresentValue = &present
		out.Conventions = append(out.Conventions,
			fmt.Sprintf("present value at %d.%02d %% a year: %s", bps/100, bps%100, lifecycle.PresentValueConvention),
			"an amendment within a period costs its days of a 30-day month; a restart gives back the days paid beyond it")
		out.leave(f, replacementOf(estate, f), day)
	}
	return one(out, nil)
}

// leave adds how a lease can end, and its parts.
func (out *PaymentSchedule) leave(f inventory.Financing, replacement inventory.Money, day inventory.Day) {
	parts := lifecycle.Schedules(f)
	end := lifecycle.EndOfLease(parts[0], replacement, 0, day)
	if len(end.Exits) > 0 {
		out.MissedNotice = &end.MissedNotice
	}
	if end.EarlyExit.Currency != "" {
		out.EarlyExit = &end.EarlyExit
	}
	for _, e := range end.Exits {
		out.Exits = append(out.Exits, Exit{string(e.Kind), e.Cost, e.Known, e.Why})
	}
	for k, part := range parts {
		_, left := lifecycle.Remaining(part, day)
		p := LeasePart{Schedule: k, Term: termOf(lifecycle.LeaseTerm(part, day), day), Rent: lifecycle.RentOn(part, day), LeftAmount: left, AssetIDs: part.AssetsOn(day)}
		if part.TacitMonths > 0 {
			missed := lifecycle.MissedNotice(part)
			p.MissedNotice = &missed
		}
		out.Schedules = append(out.Schedules, p)
	}
}

// replacementOf gives what new things in place of those financed cost; nothing
// when one of them has no price.
func replacementOf(in lifecycle.Input, f inventory.Financing) inventory.Money {
	book := lifecycle.NewPriceBook(append(lifecycle.Purchases(in.Assets, in.Financings), in.Prices...), lifecycle.WithDefaults(in.Policy), in.Day)
	var sum inventory.Money
	for _, id := range lifecycle.Schedules(f)[0].AssetsOn(lifecycle.LeaseTerm(f, in.Day).End) {
		for i := range in.Assets {
			if in.Assets[i].ID != id {
				continue
			}
			q := book.Quote(in.Assets[i].Class, in.Assets[i].Model, in.Day.Time().Year())
			next, err := sum.Add(q.Amount)
			if !q.Known || err != nil {
				return inventory.Money{}
			}
			sum = next
		}
	}
	return sum
}
