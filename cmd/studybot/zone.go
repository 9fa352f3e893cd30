package main

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// localTime is where this machine's zone is set.
const localTime = "/etc/localtime"

// machineZone returns the IANA name of this machine's zone, "" where it cannot be told: from
// TZ, else from the link that stands at /etc/localtime. It is a name under which the zone has
// now the clock that time.Local has.
func machineZone(now time.Time) string {
	name, isSet := os.LookupEnv("TZ")
	if !isSet {
		name, _ = os.Readlink(localTime)
	}
	name = zoneName(name)
	loc, err := time.LoadLocation(name)
	if name == "" || err != nil || now.In(loc).Format("-0700 MST") != now.Local().Format("-0700 MST") {
		return ""
	}
	return name
}

// zoneName returns the name of a zone that TZ or a path of the zone files gives, "" for none.
func zoneName(s string) string {
	s = strings.TrimPrefix(s, ":")
	if _, name, ok := strings.Cut(s, "zoneinfo/"); ok {
		return name
	}
	if strings.HasPrefix(s, "/") {
		return ""
	}
	return s
}

// describeZone says which zone a channel has: its name, the abbreviation of the time it keeps
// now, its distance from UTC, and what time it is there.
func describeZone(zone *time.Location, now time.Time) string {
	at := now.In(zone)
	clock := "UTC" + at.Format("-07:00, now Mon 15:04")
	if abbr, _ := at.Zone(); abbr != "UTC" && !strings.ContainsAny(abbr, "+-") {
		clock = abbr + ", " + clock
	}
	if zone != time.Local {
		return fmt.Sprintf("%s (%s)", zone, clock)
	}
	if name := machineZone(now); name != "" {
		return fmt.Sprintf("%s (%s), this machine's zone", name, clock)
	}
	return fmt.Sprintf("this machine's zone (%s)", clock)
}

// keepsUTC reports whether zone is this machine's, and UTC, as it is where nobody chose one.
func keepsUTC(zone *time.Location, now time.Time) bool {
	abbr, offset := now.In(zone).Zone()
	return zone == time.Local && abbr == "UTC" && offset == 0
}
