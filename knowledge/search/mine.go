package search

import (
	"maps"
	"slices"

	"studybot/knowledge"
)

// minePairs returns the terms that passages explain by one another.
func minePairs(ps []knowledge.Passage) [][2]string { return nil }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
