package store

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"parc/inventory"
)

type reviewRow struct {
	inventory.Review
	ImportID optional // the import that raised it
}

// TableName says where reviews are kept.
func (reviewRow) TableName() string { return "reviews" }

// reviewAssetRow links a review to an asset it is about.
type reviewAssetRow struct {
	ClientID string
	ReviewID string
	AssetID  string
}

// TableName says where the assets of reviews are kept.
func (reviewAssetRow) TableName() string { return "review_assets" }

// Reviews lists the doubts of a client, the newest first, in pages: those that
// are open, or those that are decided.
func (s *Store) Reviews(ctx context.Context, scope inventory.Scope, clientID string, open bool, p inventory.Page) ([]inventory.Review, string, error) {
	return s.reviews(ctx, scope, clientID, p, func(q *gorm.DB) *gorm.DB {
		if open {
			return q.Where("decided_at IS NULL")
		}
		return q.Where("decided_at IS NOT NULL")
	})
}

// reviews lists those of a client's reviews that narrow leaves.
func (s *Store) reviews(ctx context.Context, scope inventory.Scope, clientID string, p inventory.Page, narrow func(*gorm.DB) *gorm.DB) ([]inventory.Review, string, error) {
	at, id, begun, err := timedPlace("review", p.After)
	if err != nil {
		return nil, "", err
	}
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, "", err
	}
	q := narrow(db.Where("client_id = ?", clientID))
	if begun {
		q = q.Where("(at, id) < (?, ?)", at, id)
	}
	var rows []reviewRow
	if err := q.Order("at DESC, id DESC").Limit(p.Size() + 1).Find(&rows).Error; err != nil {
		return nil, "", s.explain(err, "list the reviews of client "+clientID)
	}
	rows, last := page(rows, p.Size())
	next := ""
	if last != nil {
		next = timedCursor("review", last.At, last.ID)
	}
	reviews := make([]inventory.Review, len(rows))
	for i, row := range rows {
		reviews[i] = row.Review
	}
	return reviews, next, s.explain(loadReviewAssets(db, clientID, reviews), "list the reviews of client "+clientID)
}

// Review gives one doubt.
func (s *Store) Review(ctx context.Context, scope inventory.Scope, id string) (inventory.Review, error) {
	return s.review(s.as(ctx, scope), id)
}

func (s *Store) review(db *gorm.DB, id string) (inventory.Review, error) {
	var row reviewRow
	if err := s.take(db, &row, "review", id); err != nil {
		return inventory.Review{}, err
	}
	reviews := []inventory.Review{row.Review}
	if err := loadReviewAssets(db, row.ClientID, reviews); err != nil {
		return inventory.Review{}, s.explain(err, "read review "+id)
	}
	return reviews[0], nil
}

// DecideReview keeps a person's answer to a doubt: for two-candidates the id of
// one of the candidates or inventory.ResolvedNew, else a remark. The next
// observations of the thing follow it. A doubt that is decided already is a
// Conflict.
func (s *Store) DecideReview(ctx context.Context, scope inventory.Scope, id, resolution string) (inventory.Review, error) {
	resolution = inventory.Clean(resolution)
	var review inventory.Review
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var row reviewRow
		if err := s.take(tx.Clauses(clause.Locking{Strength: lockDue}), &row, "review", id); err != nil {
			return err
		}
		var err error
		if review, err = s.review(tx, id); err != nil {
			return err
		}
		if review.DecidedAt != nil {
			return inventory.Errorf(inventory.Conflict, "review %s is decided already", id)
		}
		if review.Kind == inventory.ReviewTwoCandidates && resolution != inventory.ResolvedNew && !slices.Contains(review.AssetIDs, resolution) {
			return inventory.Errorf(inventory.Invalid, "review %s: answer with the id of one of its assets, or %q", id, inventory.ResolvedNew)
		}
		now := s.now()
		review.DecidedAt, review.DecidedBy, review.Resolution = &now, scope.Actor(), resolution
		return update(tx, &reviewRow{}, "review", id, map[string]any{
			"decided_at": now, "decided_by": review.DecidedBy, "resolution": resolution,
		})
	})
	if err != nil {
		return inventory.Review{}, s.explain(err, "decide review "+id)
	}
	return review, nil
}

// loadReviews gives the reviews, open and decided, that name any of the assets;
// without their evidence.
func loadReviews(tx *gorm.DB, clientID string, assetIDs []string) ([]inventory.Review, error) {
	named := map[string]bool{}
	for part := range slices.Chunk(assetIDs, mostOnePage) {
		var ids []string
		err := tx.Model(&reviewAssetRow{}).Distinct().Where("client_id = ?", clientID).Where(among("asset_id", part)).Pluck("review_id", &ids).Error
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			named[id] = true
		}
	}
	var reviews []inventory.Review
	for part := range slices.Chunk(sorted(named), mostOnePage) {
		var rows []reviewRow
		err := tx.Omit("evidence").Where("client_id = ?", clientID).Where(among("id", part)).Order("id").Find(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			reviews = append(reviews, row.Review)
		}
	}
	return reviews, loadReviewAssets(tx, clientID, reviews)
}

func loadReviewAssets(db *gorm.DB, clientID string, reviews []inventory.Review) error {
	at := make(map[string]int, len(reviews))
	for i := range reviews {
		at[reviews[i].ID] = i
		reviews[i].AssetIDs = []string{}
	}
	for part := range slices.Chunk(sorted(at), mostOnePage) {
		var links []reviewAssetRow
		if err := db.Where("client_id = ? AND review_id IN ?", clientID, part).Order("review_id, asset_id").Find(&links).Error; err != nil {
			return err
		}
		for _, link := range links {
			r := &reviews[at[link.ReviewID]]
			r.AssetIDs = append(r.AssetIDs, link.AssetID)
		}
	}
	return nil
}
