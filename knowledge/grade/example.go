package grade

import "slices"

// fewItems is the number of things said from which on a fence below them is an example.
const fewItems = 3

// withoutExamples drops the code fences that only illustrate what stands above them: a
// fence below a few items or sentences under one heading, the last of which does not
// announce it.
func withoutExamples(nodes []*node) []*node {
	if !slices.ContainsFunc(nodes, func(n *node) bool { return n.fence }) {
		return nodes
	}
	out := nodes[:0]
	said, announced := 0, false
	for i, n := range nodes {
		if n.fence {
			if begins := i == 0 || !nodes[i-1].fence; begins && (said < fewItems || announced) {
				said = 0
			}
			if said < fewItems {
				out = append(out, n)
			}
			continue
		}
		announced = endsColon(n.text) || leadsIn(n.text)
		switch {
		case n.title:
			said, announced = 0, false
		case !n.code && !announced && said < fewItems:
			said += len(sentences(n.text))
		}
		out = append(out, n)
	}
	return out
}
