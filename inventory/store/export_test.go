package store

// ImportIn is Import in batches of another size.
var ImportIn = (*Store).importIn
