package library

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"studybot/knowledge"
)

// keep puts back into files what was read before of those that the file system did not give
// now: notes of a file that failed, and the files in unread. Each such file has a Problem that
// says so, and for each of unread one is returned.
func keep(files, old map[string]file, unread []string) []knowledge.Problem {
	kept := map[string][]string{} // names of notes, by what of unread they are in
	for name, was := range old {
		now, listed := files[name]
		at, lost := within(name, unread)
		switch {
		case listed && now.failed:
			stay := missing(was.notes, now.notes)
			now.notes = slices.Concat(now.notes, stay)
			now.problems = append(now.problems, inUse(name, names(stay))...)
			files[name] = now
		case !listed && lost:
			files[name] = was
			kept[at] = append(kept[at], names(was.notes)...)
		}
	}
	var problems []knowledge.Problem
	for _, at := range slices.Sorted(maps.Keys(kept)) {
		problems = append(problems, inUse(at, kept[at])...)
	}
	return problems
}

// within returns which of the sorted places a file is or lies in.
func within(name string, places []string) (string, bool) {
	for ; name != "."; name = path.Dir(name) {
		if _, ok := slices.BinarySearch(places, name); ok {
			return name, true
		}
	}
	return "", false
}

// missing returns the notes of which there is none of the same name among others.
func missing(notes, others []entry) []entry {
	there := map[string]bool{}
	for _, e := range others {
		there[e.name] = true
	}
	return slices.DeleteFunc(slices.Clone(notes), func(e entry) bool { return there[e.name] })
}

func names(notes []entry) []string {
	var out []string
	for _, e := range notes {
		out = append(out, e.name)
	}
	return out
}

// inUse says which notes of a file or folder stay as they were, the first few by name. It says
// nothing where there are none.
func inUse(at string, notes []string) []knowledge.Problem {
	const few = 3
	text := "what was read of it before stays in use"
	switch {
	case len(notes) == 0:
		return nil
	case len(notes) > 1 || notes[0] != at:
		slices.Sort(notes)
		text += ": " + strings.Join(notes[:min(few, len(notes))], ", ")
	}
	if n := len(notes) - few; n > 0 {
		text += fmt.Sprintf(" and %d more", n)
	}
	return []knowledge.Problem{{File: at, Text: text}}
}
