package store

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"parc/inventory"
)

// AnswerReview carries out what a person says to a doubt, and remembers it: the
// next observations about which the same doubt would arise follow the answer.
// "same" places what waits on the asset named, or makes one of two that
// contradict; "different" keeps two that contradict apart; "new" makes what waits
// an asset of its own; "noted" only closes. A doubt that is decided already is a
// Conflict, an answer that does not fit Invalid.
func (s *Store) AnswerReview(ctx context.Context, scope inventory.Scope, id string, answer inventory.ReviewAnswer) (inventory.Review, error) {
	var review inventory.Review
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		first, err := s.review(tx, id)
		if err != nil {
			return err
		}
		if err := s.lockClient(tx, scope, first.ClientID); err != nil {
			return err
		}
		if review, err = s.review(tx, id); err != nil {
			return err
		}
		if review.DecidedAt != nil {
			return inventory.Errorf(inventory.Conflict, "review %s is decided already", id)
		}
		a := s.newApplication(tx, review.ClientID, scope.Actor(), s.now(), inventory.Known{})
		resolution, err := a.answer(&review, answer)
		if err != nil {
			return err
		}
		now := s.now()
		review.DecidedAt, review.DecidedBy, review.Resolution = &now, scope.Actor(), resolution
		return update(tx, &reviewRow{}, "review", id, map[string]any{
			"decided_at": now, "decided_by": review.DecidedBy, "resolution": resolution,
		})
	})
	if err != nil {
		return inventory.Review{}, s.explain(err, "answer review "+id)
	}
	return s.Review(ctx, scope, id)
}

// answer does what the answer says. It gives what is kept as the resolution.
func (a *application) answer(review *inventory.Review, answer inventory.ReviewAnswer) (string, error) {
	remark := inventory.CleanTo(answer.Remark, 500)
	waits := review.Kind == inventory.ReviewTwoCandidates || review.Kind == inventory.ReviewNameless
	switch answer.Answer {
	case inventory.AnswerSame:
		if answer.AssetID != "" && !slices.Contains(review.AssetIDs, answer.AssetID) {
			return "", inventory.Errorf(inventory.Invalid, "asset_id: %s is none of the candidates of review %s", inventory.CleanTo(answer.AssetID, 64), review.ID)
		}
		if review.Kind == inventory.ReviewTwoCandidates {
			if answer.AssetID == "" {
				return "", inventory.Errorf(inventory.Invalid, "asset_id: say which of the candidates it is")
			}
			return answer.AssetID, a.placeWaiting(review.ID, answer.AssetID)
		}
		if review.Kind == inventory.ReviewContradiction && len(review.AssetIDs) == 2 {
			return inventory.AnswerSame, a.unite(review.AssetIDs, answer.AssetID)
		}
	case inventory.AnswerDifferent, inventory.AnswerNew:
		if waits {
			return inventory.ResolvedNew, a.release(review.ID)
		}
		if review.Kind == inventory.ReviewContradiction && answer.Answer == inventory.AnswerDifferent {
			for i, one := range review.AssetIDs {
				for _, other := range review.AssetIDs[i+1:] {
					if err := a.tellApart(one, other); err != nil {
						return "", err
					}
				}
			}
			return inventory.AnswerDifferent, nil
		}
	case inventory.AnswerNoted:
		if review.Kind != inventory.ReviewTwoCandidates {
			if remark == "" {
				remark = inventory.AnswerNoted
			}
			return remark, nil
		}
	}
	return "", inventory.Errorf(inventory.Invalid, "answer: %q does not fit a review of kind %s", inventory.CleanTo(answer.Answer, 20), review.Kind)
}

// waiting gives the assets in doubt that wait for a review.
func (a *application) waiting(reviewID string) ([]inventory.Asset, error) {
	var ids []string
	err := a.tx.Model(&assetRow{}).Where("client_id = ? AND doubt = ?", a.clientID, reviewID).Order("id").Pluck("id", &ids).Error
	if err != nil {
		return nil, err
	}
	assets := make([]inventory.Asset, len(ids))
	for i, id := range ids {
		if assets[i], err = a.store.asset(a.tx, id); err != nil {
			return nil, err
		}
	}
	return assets, nil
}

// placeWaiting gives what waits for the review to the asset.
func (a *application) placeWaiting(reviewID, assetID string) error {
	waiting, err := a.waiting(reviewID)
	if err != nil {
		return err
	}
	for _, from := range waiting {
		into, err := a.store.asset(a.tx, assetID)
		if err != nil {
			return err
		}
		if err := a.merge(into, from); err != nil {
			return err
		}
	}
	return nil
}

// release makes what waits for the review assets like any other.
func (a *application) release(reviewID string) error {
	waiting, err := a.waiting(reviewID)
	if err != nil {
		return err
	}
	for _, asset := range waiting {
		_, observations, err := a.told("asset_id = ?", asset.ID)
		if err != nil {
			return err
		}
		a.know(asset)
		asset.Release(observations)
		asset.UpdatedAt = a.now
		err = a.plan(inventory.Plan{Update: []inventory.Update{{Asset: asset, Changes: []inventory.Change{
			{Field: "doubt", Old: reviewID, Because: inventory.ByHand},
		}}}})
		if err != nil {
			return err
		}
	}
	return nil
}

// unite makes one of two assets that contradict: the one named stays, else the
// one known for longest.
func (a *application) unite(ids []string, stays string) error {
	one, err := a.store.asset(a.tx, ids[0])
	if err != nil {
		return err
	}
	other, err := a.store.asset(a.tx, ids[1])
	if err != nil {
		return err
	}
	if stays == other.ID || stays == "" && other.FirstSeen.Before(one.FirstSeen) {
		one, other = other, one
	}
	return a.merge(one, other)
}
