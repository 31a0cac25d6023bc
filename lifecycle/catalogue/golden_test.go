package catalogue

import (
	"slices"
	"strings"
	"testing"

	"parc/inventory"
	"parc/lifecycle"
)

// goldenDates are releases with their end of support, as endoflife.date has it, by
// what they are on 2026-11-23 where only a free extension counts. "-" is no date.
var goldenDates = map[lifecycle.SupportState]string{
	lifecycle.Ended: `windows 11-24h2-w 2026-10-13, windows 10-22h2 2025-10-14, windows-server 2012-r2 2023-10-10, debian 11 2024-08-14, centos 7 2024-06-30,
		vmware-esxi 7.0 2025-10-02, proxmox-ve 8 2026-08-31, fortios 7.2 2026-09-30, pan-os 10.2 2025-08-27, cisco-ios-xe 17.9 2026-07-29, sns-firmware 4.7 2025-02-12,
		office 2019 2025-10-14, office 2021 2026-10-13, msexchange 2019 2025-10-14, mssqlserver 13.0-sp3 2026-07-14, macos 13 2025-09-15, postgresql 14 2026-11-12,
		mysql 8.0 2026-04-30, php 8.1 2025-12-31, dotnet 8 2026-11-10, xcp-ng 8.2 -, opensuse 15.6 2026-04-30, ubuntu 20.04 2025-05-31`,
	lifecycle.Extended: `debian 12 2026-07-11`,
	lifecycle.Ending: `windows-server 2016 2027-01-12, windows 11-25h2-w 2027-10-12, windows 11-24h2-e 2027-10-12, ubuntu 22.04 2027-04-01, vmware-esxi 8.0 2027-10-11,
		vmware-vcenter 8.0 2027-10-11, pan-os 11.1 2027-05-03, cisco-ios-xe 17.12 2027-07-28, veeam-backup-and-replication 12 2027-02-01, mssqlserver 14.0 2027-10-12,
		nutanix-aos 7.0 2026-12-31, php 8.2 2026-12-31`,
	lifecycle.Supported: `windows-server 2019 2029-01-09, windows-server 2022 2031-10-14, windows-server 2025 2034-11-14, debian 13 -, ubuntu 24.04 -, rhel 8 2029-05-31, rhel 9 -,
		almalinux 8 -, rocky-linux 9 -, fortios 7.4 2028-11-11, fortios 7.6 -, cisco-ios-xe 17.15 2028-08-09, mssqlserver 15.0 -, mssqlserver 16.0 -, office 2024 2029-10-09,
		veeam-backup-and-replication 13 -, mysql 8.4 -, macos 14 -, proxmox-ve 9 -, sns-firmware 4.8 -, msexchange subscription -`,
}

func TestGoldenDates(t *testing.T) {
	t.Parallel()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for want, list := range goldenDates {
		for text := range strings.SplitSeq(list, ",") {
			words := strings.Fields(text)
			product := c.products[words[0]]
			at := slices.IndexFunc(product.cycles, func(c lifecycle.Cycle) bool { return c.Name == words[1] })
			if at < 0 {
				t.Errorf("%s is not there", text)
				continue
			}
			cycle := product.cycles[at]
			m := lifecycle.Match{Cycles: product.cycles[at : at+1], FreeExtension: words[0] == "debian"}
			got := lifecycle.SupportOf(inventory.Asset{}, only(m), "2026-11-23")
			if got.State != want || words[2] != "-" && string(cycle.End.Day) != words[2] {
				t.Errorf("%s: %s, ends %+v, want %s", text, got.State, cycle.End, want)
			}
		}
	}
}

// only is a catalogue of one release.
type only lifecycle.Match

func (o only) System(inventory.Asset) (lifecycle.Match, bool) { return lifecycle.Match(o), true }
