package warranty

import (
	"context"
	"strings"

	"parc/inventory"
)

// Maker is a manufacturer that can be asked.
type Maker interface {
	// Name is the source of the coverages it tells: dell, lenovo.
	Name() string
	// Makes tells that machines of the vendor are its own.
	Makes(vendor string) bool
	// Batch is how many serials it takes at a time.
	Batch() int
	// Ask gives what the maker says of each serial, by serial. One that it does
	// not know is Unknown; one that it says nothing of is left out. An error is of
	// the whole batch: inventory.LimitReached when the maker wants to be left alone,
	// inventory.Unavailable when it refuses the key or gives no sensible answer.
	Ask(ctx context.Context, serials []string) (map[string]Answer, error)
}

// Answer is what a maker says of one serial.
type Answer struct {
	Unknown   bool          // the maker does not know the serial
	Shipped   inventory.Day // when it left the maker, if told
	Product   string
	Coverages []inventory.Coverage // kind, level, start, end and source; the rest is for who keeps them
}

// Key opens a maker's service.
type Key struct {
	Maker  string
	ID     string // client id, where the maker has one
	Secret inventory.Secret
}

// Names gives the makers that can be asked, in the order of the alphabet.
func Names() []string { return []string{"dell", "lenovo"} }

// New gives the maker that a key is for. Other makers are inventory.Invalid.
func New(key Key, options Options) (Maker, error) {
	options = options.filled()
	switch key.Maker {
	case "dell":
		if key.ID == "" || key.Secret.IsZero() {
			return nil, inventory.Errorf(inventory.Invalid, "a key for Dell is a client id and a client secret, from TechDirect")
		}
		return newDell(key, options), nil
	case "lenovo":
		if key.Secret.IsZero() {
			return nil, inventory.Errorf(inventory.Invalid, "a key for Lenovo is a ClientID, from Lenovo's support: give it as the secret")
		}
		return newLenovo(key, options), nil
	}
	return nil, inventory.Errorf(inventory.Invalid, "parc cannot ask %q about warranties: it knows %s", key.Maker, strings.Join(Names(), " and "))
}

// dayOf reads the day of a moment as makers write it: "2024-03-01",
// "2024-03-01T00:00:00Z". What cannot be read is no day.
func dayOf(moment string) inventory.Day {
	if len(moment) < len("2024-03-01") {
		return ""
	}
	day, err := inventory.ParseDay(moment[:len("2024-03-01")])
	if err != nil {
		return ""
	}
	return day
}

// serialKey is how serials are compared: without case and surrounding spaces.
func serialKey(s string) string { return strings.ToUpper(strings.TrimSpace(s)) }
