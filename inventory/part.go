package inventory

// linkParts hangs what an observation tells as a part of another record of the
// same batch (a screen on a machine) under that record's asset; a part that was
// plugged in elsewhere since moves there.
func (r *reconciler) linkParts() {
	wholes := map[[2]string]*Asset{}
	for n, a := range r.asset {
		for _, i := range n.obs {
			if o := &r.obs[i]; o.Ref != "" {
				wholes[[2]string{string(o.Source), o.Ref}] = a
			}
		}
	}
	for _, n := range r.nodes {
		part := r.asset[n]
		if part == nil {
			continue
		}
		for _, i := range n.obs { // in the order of time: the last one counts
			o := &r.obs[i]
			whole := wholes[[2]string{string(o.Source), o.PartOf}]
			if o.PartOf == "" || whole == nil || whole == part || whole.ParentID == part.ID || o.At.Before(part.LastSeen) {
				continue
			}
			r.hang(part, whole.ID, o)
		}
	}
}

// hang sets the parent of a part that this run creates or updates.
func (r *reconciler) hang(part *Asset, whole string, o *Observation) {
	before := part.ParentID
	if before == whole {
		return
	}
	part.ParentID = whole
	for _, u := range r.moved {
		if &u.Asset == part {
			u.Changes = append(u.Changes, r.change(part, string(o.Source), "parent", before, whole, "plugged-in", len(u.Changes)))
			part.UpdatedAt = r.now
		}
	}
}
