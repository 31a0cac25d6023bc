// Package catalogue is what is known of products: which one an observed system,
// program or piece of equipment is, and until when its maker looks after it. Its
// data are embedded files with their source and the day they were taken:
// endoflife.tsv from endoflife.date, overlay.tsv of our own for what is not
// there; the rules that lead from an observed string to a product and its
// release (systems.yaml, titles.yaml, hardware.yaml); what serial numbers and
// names of processors tell (serials.yaml, processors.yaml). What the data do not
// tell stays unknown; nothing is guessed.
package catalogue
