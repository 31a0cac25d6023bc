// Package paper owns how a document looks: a model that knows no format
// (Document, its parts and their blocks: paragraphs, figures, tables of typed
// cells, drawings, cards) and its three renderers, HTML, PDF and XLSX. It knows
// nothing of assets: who fills the model says everything that is read, in the
// language of the document.
//
// Rendering is a pure function: one document gives the same bytes every time.
// Every text may come from a device; each renderer makes it harmless for its
// format.
package paper
