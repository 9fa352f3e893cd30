package bot

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"studybot/bot/chat"
	"studybot/knowledge"
)

// Links says where notes can be read on the web: a template in which {file} stands for a note's path and {line} for
// a line (of a PDF, a page), or, without {file}, an address to which path and line are added. "" is nowhere.
type Links string

// Check returns an error where the links are no web address.
func (l Links) Check() error {
	if l == "" {
		return nil
	}
	u, err := url.Parse(strings.NewReplacer("{file}", "file", "{line}", "1").Replace(string(l)))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return fmt.Errorf("%q is no web address: write it as https://git.example.com/notes/blob/main/{file}#L{line}", string(l))
	}
	return nil
}

// of is the address of a place in a note, "" for none.
func (l Links) of(file string, lines []knowledge.Span) string {
	if l == "" {
		return ""
	}
	segments := strings.Split(file, "/")
	for i, s := range segments {
		segments[i] = url.PathEscape(s)
	}
	line := 1
	if len(lines) > 0 {
		line = lines[0].Start
	}
	path := strings.Join(segments, "/")
	if strings.Contains(string(l), "{file}") {
		return strings.NewReplacer("{file}", path, "{line}", strconv.Itoa(line)).Replace(string(l))
	}
	anchor := "#L"
	if strings.EqualFold(extension(file), ".pdf") {
		anchor = "#page="
	}
	return strings.TrimSuffix(string(l), "/") + "/" + path + anchor + strconv.Itoa(line)
}

// noteAt says where a card's answer stands, with its address where notes can be read on the web.
func (r request) noteAt(card knowledge.Card) chat.Block {
	at := source(card.File, card.Lines, nil)
	if link := r.Links.of(card.File, card.Lines); link != "" {
		return chat.Passage{Source: at, Link: link}
	}
	return chat.Text(fmt.Sprintf(r.words.noteAt, at))
}
