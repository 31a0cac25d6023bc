// Package exchange owns the formats in which parc takes in and gives out what
// is known: JSON lines of observations and of assets, as scripts rely on them,
// and tables of assets in CSV and XLSX, as people open them.
//
// What comes in is hostile: lines are bounded in size and depth, lists in
// length, and every string passes inventory.Clean. What goes out is escaped for
// its format; text that a spreadsheet would take for a formula is neutralised.
package exchange
