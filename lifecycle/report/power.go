package report

import (
	"regexp"
	"slices"
	"strings"

	"parc/inventory"
)

// PowerUnit is a UPS, a PDU or a transfer switch.
type PowerUnit struct {
	Name     string          `json:"name"`
	Class    inventory.Class `json:"class"`
	Model    string          `json:"model,omitempty"`
	Site     string          `json:"site,omitempty"`
	Battery  string          `json:"battery,omitempty"`  // normal, low, depleted, replace
	Replaced inventory.Day   `json:"replaced,omitempty"` // the battery's last replacement
	Due      inventory.Day   `json:"due,omitempty"`
	Since    inventory.Day   `json:"since,omitempty"`
}

func powerOf(in Input) []PowerUnit {
	units := []PowerUnit{}
	for i := range in.Assets {
		a := &in.Assets[i]
		if !slices.Contains([]inventory.Class{inventory.UPS, inventory.PDU, inventory.ATS}, a.Class) {
			continue
		}
		u := PowerUnit{
			Name: nameOf(a), Class: a.Class, Model: joined(a.Vendor, a.Model), Site: in.siteName(a.SiteID),
			Battery: a.Values[inventory.FieldBattery].Value, Replaced: dayIn(a.Values[inventory.FieldBatteryDate].Value),
			Due: dayIn(a.Values[inventory.FieldBatteryReplace].Value),
		}
		u.Since = in.since(a)
		units = append(units, u)
	}
	return units
}

// Backup is what was seen of backups. That one runs, and can be restored, no
// scan can tell.
type Backup struct {
	Stores   []Store  `json:"stores"`   // NAS, tape, arrays
	Software []string `json:"software"` // "Veeam Backup & Replication on SRV-1"
	Licensed []string `json:"licensed"` // products bought for it
}

// Store is a place where copies may lie.
type Store struct {
	Name   string          `json:"name"`
	Class  inventory.Class `json:"class"`
	Model  string          `json:"model,omitempty"`
	SizeMB int64           `json:"size_mb,omitempty"`
	UsedMB int64           `json:"used_mb,omitempty"`
	Disks  int             `json:"disks,omitempty"`
	Bad    []string        `json:"bad,omitempty"` // disks that are not well, as the device says
}

// saves matches software that makes backups.
var saves = regexp.MustCompile(`(?i)\b(veeam|acronis|nakivo|arcserve|backup exec|macrium|altaro|hornetsecurity vm|synology (active backup|hyper backup|drive)|hyper backup|active backup|duplicati|bareos|bacula|urbackup|borg|proxmox backup|rubrik|cohesity|commvault|wooxo|beemo|oodrive|cobian|uranium backup|iperius|atempo)\b`)

// wellDisk matches what devices call a disk that is well.
var wellDisk = regexp.MustCompile(`(?i)^(|ok|normal|good|ready|online|healthy|initialized|optimal|1)$`)

func backupOf(in Input) Backup {
	b := Backup{Stores: []Store{}, Software: []string{}, Licensed: []string{}}
	known := map[string]bool{} // titles are many, of few kinds
	for i := range in.Assets {
		a := &in.Assets[i]
		for _, s := range a.Details.Software {
			yes, seen := known[s.Name]
			if !seen {
				yes = saves.MatchString(s.Name)
				known[s.Name] = yes
			}
			if yes {
				b.Software = append(b.Software, s.Name+" · "+nameOf(a))
			}
		}
		if !slices.Contains([]inventory.Class{inventory.NAS, inventory.SAN, inventory.TapeLibrary}, a.Class) {
			continue
		}
		store := Store{Name: nameOf(a), Class: a.Class, Model: joined(a.Vendor, a.Model)}
		for _, v := range a.Details.Volumes {
			store.SizeMB += v.SizeMB
			store.UsedMB += v.UsedMB
		}
		for _, c := range a.Details.Components {
			if c.Kind != inventory.ComponentDisk {
				continue
			}
			store.Disks++
			if !wellDisk.MatchString(c.State) {
				store.Bad = append(store.Bad, strings.TrimSpace(c.Name+" "+c.Model+" "+c.State))
			}
		}
		b.Stores = append(b.Stores, store)
	}
	for i := range in.Licences {
		if saves.MatchString(in.Licences[i].Product) {
			b.Licensed = append(b.Licensed, in.Licences[i].Product)
		}
	}
	slices.Sort(b.Software)
	b.Software = slices.Compact(b.Software)
	slices.Sort(b.Licensed)
	b.Licensed = slices.Compact(b.Licensed)
	return b
}
