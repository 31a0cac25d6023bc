package lifecycle

import "parc/inventory"

// index finds the assets of an estate that its other things name. A large map is
// slow to look into, so what every step needs is looked up once.
type index struct {
	at map[string]int // asset id → its place
	// financed holds the places of the assets of every financing, one after the
	// other, -1 for one that is not there; those of the i-th begin at first[i].
	financed []int32
	first    []int32
	ends     []int32 // for each asset its coverage that ends last, -1 for none
}

func newIndex(e Estate) *index {
	x := &index{at: indexOf(e.Assets), first: make([]int32, len(e.Financings)+1), ends: make([]int32, len(e.Assets))}
	for i := range e.Financings {
		x.first[i+1] = x.first[i] + int32(len(e.Financings[i].AssetIDs))
	}
	x.financed = make([]int32, x.first[len(e.Financings)])
	pieces := (len(e.Financings) + pieceSize - 1) / pieceSize
	inParallel(pieces+1, func(_, k int) {
		if k == 0 {
			x.cover(e.Coverages, e.Assets)
			return
		}
		for i := (k - 1) * pieceSize; i < min(k*pieceSize, len(e.Financings)); i++ {
			into := x.financed[x.first[i]:x.first[i+1]]
			for n, id := range e.Financings[i].AssetIDs {
				into[n] = x.place(id)
			}
		}
	})
	return x
}

func (x *index) place(id string) int32 {
	if i, ok := x.at[id]; ok {
		return int32(i)
	}
	return -1
}

// assetsOf gives the places of the assets that the i-th financing names.
func (x *index) assetsOf(i int) []int32 { return x.financed[x.first[i]:x.first[i+1]] }

func (x *index) cover(coverages []inventory.Coverage, assets []inventory.Asset) {
	for i := range assets {
		x.ends[i] = -1
	}
	for k := range coverages {
		c := &coverages[k]
		if i := x.place(c.AssetID); i >= 0 && (x.ends[i] < 0 || c.End > coverages[x.ends[i]].End) {
			x.ends[i] = int32(k)
		}
	}
}
