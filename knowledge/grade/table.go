package grade

import "strings"

// row reads a line of a table. Its first cell names the row. A table's first row, which
// a rule follows, says what the others hold and is none itself.
func (r *reader) row(l string, indent int) {
	r.open = nil
	cells := cellsOf(l)
	if strings.HasPrefix(r.next, "|") && looksRule(r.next) {
		r.heads = cells
		return
	}
	if strings.Join(cells, "") != "" {
		r.out = append(r.out, &node{rank: textRank(indent), text: cells[0], cells: cells[1:], heads: r.heads})
	}
}

// cellsOf splits a line of a table at its bars, but not at one in backticks or behind a
// backslash.
func cellsOf(l string) []string {
	l = strings.TrimSpace(l)
	l = strings.TrimPrefix(l, "|")
	var cells []string
	from, quoted, lastQuote := 0, false, strings.LastIndexByte(l, '`')
	cell := func(to int) {
		c := strings.ReplaceAll(l[from:to], `\|`, "|")
		if strings.IndexByte(c, '<') >= 0 {
			c = lineBreak.ReplaceAllString(c, "; ")
		}
		cells = append(cells, trimMarks(plain(c)))
		from = to + 1
	}
	for i := range len(l) {
		switch {
		case l[i] == '`':
			quoted = !quoted
		case l[i] == '|' && (i == 0 || l[i-1] != '\\') && !(quoted && i < lastQuote):
			cell(i)
		}
	}
	if from < len(l) || len(cells) == 0 {
		cell(len(l))
	}
	return cells
}

// rows writes the rows of tables below n as one line each: the name, a colon, the cells.
// Where the question calls several heads by name, it compares them, and each cell keeps
// its own.
func (n *node) rows(called func(head string) bool) {
	for _, k := range n.kids {
		k.rows(called)
	}
	named := 0
	for _, h := range n.heads[min(1, len(n.heads)):] {
		if says(h) && called(h) {
			named++
		}
	}
	var cells []string
	for i, c := range n.cells {
		if c == "" {
			continue
		}
		if named > 1 && i+1 < len(n.heads) {
			c = strings.TrimSpace(n.heads[i+1] + " " + c)
		}
		cells = append(cells, c)
	}
	line := joined(n.text, cells, "；", "; ")
	switch {
	case n.text == "":
		n.text = line
	case line != "":
		n.text = labelled(n.text, line)
	}
}
