package nmap

import (
	"slices"
	"strconv"
	"strings"

	"parc/inventory"
)

// Ports are TCP ports in nmap's own writing, checked: "22,80,8000-8100".
type Ports string

const maxPortRanges = 4096

// ParsePorts reads a list of ports and ranges of ports, 1 to 65535. Anything
// else is Invalid; an empty text gives no ports.
func ParsePorts(text string) (Ports, error) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	var ranges [][2]int
	for part := range strings.SplitSeq(text, ",") {
		first, second, ranged := strings.Cut(strings.TrimSpace(part), "-")
		from, err := port(first)
		if err != nil {
			return "", err
		}
		to := from
		if ranged {
			if to, err = port(second); err != nil {
				return "", err
			}
		}
		if to < from {
			return "", inventory.Errorf(inventory.Invalid, "the port range %d-%d ends before it starts", from, to)
		}
		if ranges = append(ranges, [2]int{from, to}); len(ranges) > maxPortRanges {
			return "", inventory.Errorf(inventory.LimitReached, "the list of ports has more than %d entries", maxPortRanges)
		}
	}
	return join(ranges), nil
}

func port(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || text == "" || text[0] == '+' || text[0] == '-' {
		return 0, inventory.Errorf(inventory.Invalid, "%q is no port: write ports as 22,80,8000-8100", inventory.CleanTo(text, 40))
	}
	if n < 1 || n > 65535 {
		return 0, inventory.Errorf(inventory.Invalid, "port %d is out of range: ports are 1 to 65535", n)
	}
	return n, nil
}

// join sorts ranges, unites those that touch, and writes them.
func join(ranges [][2]int) Ports {
	slices.SortFunc(ranges, func(a, b [2]int) int { return a[0] - b[0] })
	merged := ranges[:1]
	for _, r := range ranges[1:] {
		if at := len(merged) - 1; r[0] <= merged[at][1]+1 {
			merged[at][1] = max(merged[at][1], r[1])
			continue
		}
		merged = append(merged, r)
	}
	parts := make([]string, len(merged))
	for i, r := range merged {
		parts[i] = strconv.Itoa(r[0])
		if r[1] > r[0] {
			parts[i] += "-" + strconv.Itoa(r[1])
		}
	}
	return Ports(strings.Join(parts, ","))
}
