package report

import "math"

// round gives a number to one decimal.
func round(f float64) float64 { return math.Round(f*10) / 10 }
