package store

import (
	"context"
	"log/slog"
	"time"

	"gorm.io/gorm/logger"
)

// slow is how long a statement may take before the log mentions it.
const slow = time.Second

// slowLog is gorm's log: it mentions slow statements, without their values.
// Errors go to the caller, who handles them once.
type slowLog struct{ log *slog.Logger }

// LogMode gives the same log: there is one level.
func (l slowLog) LogMode(logger.LogLevel) logger.Interface { return l }

// Info, Warn and Error are gorm's own remarks.
func (l slowLog) Info(context.Context, string, ...any) {}

// Warn is for gorm's own remarks, which callers see as errors.
func (l slowLog) Warn(context.Context, string, ...any) {}

// Error is for gorm's own remarks, which callers see as errors.
func (l slowLog) Error(context.Context, string, ...any) {}

// ParamsFilter keeps values, which may be secrets, out of the log.
func (l slowLog) ParamsFilter(_ context.Context, sql string, _ ...any) (string, []any) {
	return sql, nil
}

// Trace mentions a statement that took long.
func (l slowLog) Trace(ctx context.Context, begin time.Time, statement func() (string, int64), _ error) {
	took := time.Since(begin)
	if took < slow {
		return
	}
	text, rows := statement()
	const longest = 300
	if len(text) > longest {
		text = text[:longest] + "…"
	}
	l.log.WarnContext(ctx, "slow statement", "took", took, "rows", rows, "sql", text)
}
