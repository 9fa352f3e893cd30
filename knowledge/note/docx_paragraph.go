package note

import "strings"

// paragraphDone writes a paragraph that was read.
func (d *docx) paragraphDone(b *docxBody, p *docxParagraph) {
	text := strings.TrimRight(p.text.String(), " \t\n")
	blank := strings.TrimSpace(text) == ""
	switch {
	case b.isCell:
		if !blank {
			b.cell = append(b.cell, text)
		}
	case d.styles.named(p.style, "toc "):
		// a line of a contents page
	case blank:
		if len(d.listing) > 0 { // in the middle of code, perhaps
			d.listing = append(d.listing, "")
		}
	case d.styles.named(p.style, "code", "代码", "preformatted") || sameText(p.code.String(), text):
		d.listing = append(d.listing, strings.Split(text, "\n")...)
	default:
		d.endCode()
		d.prose(p, text)
	}
}

// endCode writes the code that was read.
func (d *docx) endCode() {
	if len(d.listing) == 0 {
		return
	}
	d.paragraph()
	d.code("", strings.Join(d.listing, "\n"))
	d.listing = nil
	d.inList = false
}

// prose writes a paragraph that is no code and not blank.
func (d *docx) prose(p *docxParagraph, text string) {
	level := d.styles.level(p)
	if level == 0 && d.styles.isTitle(p.style) {
		d.shift, level = 1, 1
	} else if level > 0 {
		level += d.shift
	}
	if level > 0 {
		d.paragraph()
		d.raw(strings.Repeat("#", min(level, 6)) + " " + strings.Join(strings.Fields(text), " "))
		d.paragraph()
		d.inList = false
		return
	}
	list := p.list
	if style, ok := d.styles.find(p.style, func(s docxStyle) bool { return s.list != "" }); ok && list == "" {
		list = style.list
	}
	if marker := d.numbers.marker(list, p.level); marker != "" {
		if !d.inList {
			d.paragraph()
		}
		d.inList = true
		d.push(strings.Repeat("    ", min(p.level, 8)) + marker)
		d.proseLines(text)
		d.pop()
		return
	}
	d.inList = false
	d.paragraph()
	if sameText(p.bold.String(), text) && !strings.Contains(text, "**") {
		text = "**" + strings.TrimSpace(text) + "**"
	}
	d.proseLines(text)
	d.paragraph()
}

func (d *docx) proseLines(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		d.words(line)
		d.newline()
	}
}

// sameText reports whether a part of a text is all of it but white space.
func sameText(part, text string) bool {
	return strings.Join(strings.Fields(part), "") == strings.Join(strings.Fields(text), "")
}
