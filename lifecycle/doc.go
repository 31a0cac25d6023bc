// Package lifecycle says what the passing of time does to what a client owns:
// how long a system is supported, when a warranty, a lease, a licence or a
// contract ends, and by when notice has to be given. Everything in it is a pure
// function of what it is given and of a day, past or future: nothing is stored,
// no clock is read. What is known of products comes in as a Catalogue.
package lifecycle
