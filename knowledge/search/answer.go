package search

func (q *question) answered(hits []found) bool { return q.asked && len(hits) > 0 }
