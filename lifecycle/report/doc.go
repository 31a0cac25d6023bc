// Package report turns what is known of a client into documents: findings by
// rules that are data, a score whose method is printed with it, and the initial
// audit as HTML, XLSX and JSON, in French and in English. Making a Document is
// pure; writing it escapes whatever devices say for the format at hand.
package report
