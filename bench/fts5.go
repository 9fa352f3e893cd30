package main

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	_ "modernc.org/sqlite"

	"studybot/knowledge"
	"studybot/knowledge/search"
	"studybot/knowledge/text"
)

// A dialect is how FTS5 is made to read Chinese.
type dialect struct {
	tokenizer string
	column    func(string) string   // a text as it is given to FTS5
	terms     func(string) []string // of a question, any of which a passage may hold
}

var (
	anyWord    = regexp.MustCompile(`[\p{L}\p{N}]+`)
	hanOrLatin = regexp.MustCompile(`\p{Han}+|[\p{Latin}\p{N}]+`)
	asking     = regexp.MustCompile(`什么是|是什么|什么|有哪些|哪些|如何|怎么|怎样|为什么|为何|多少|简述|说说|请问|吗|呢|` +
		`\b(what|why|when|which|how|is|are|do|does|to|the|a|of)\b`)
)

// trigram leaves the notes to FTS5, which then finds nothing of fewer than three characters.
func trigram() dialect {
	return dialect{"trigram", func(s string) string { return s }, func(question string) (terms []string) {
		for _, w := range anyWord.FindAllString(question, -1) {
			terms = append(terms, runs(w, 3)...)
		}
		return terms
	}}
}

// bigram gives FTS5 Latin words, single Han characters and pairs of them, with spaces
// between. Words that only make a question are left out when something else is left.
func bigram() dialect {
	column := func(s string) string { return strings.Join(onesAndTwos(s), " ") }
	return dialect{"unicode61", column, func(question string) []string {
		if terms := onesAndTwos(asking.ReplaceAllString(text.Fold(question), " ")); len(terms) > 0 {
			return terms
		}
		return onesAndTwos(question)
	}}
}

func onesAndTwos(s string) (terms []string) {
	for _, w := range hanOrLatin.FindAllString(text.Fold(s), -1) {
		if []rune(w)[0] < 0x2E80 { // no Han
			terms = append(terms, w)
			continue
		}
		terms = append(append(terms, runs(w, 1)...), runs(w, 2)...)
	}
	return terms
}

// runs returns all runs of n characters.
func runs(word string, n int) (out []string) {
	chars := []rune(word)
	for i := range max(0, len(chars)-n+1) {
		out = append(out, string(chars[i:i+n]))
	}
	return out
}

// An fts5Index is a table of passages, and beside it an FTS5 index that keeps no text.
type fts5Index struct {
	*sql.DB
	dialect dialect
	changed bool
}

func openFTS5(dir string, d dialect) (index, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, "passages.db")+"?_pragma=journal_mode(wal)&_pragma=synchronous(normal)")
	if err != nil {
		return nil, err
	}
	_, err = db.Exec(`
		CREATE TABLE IF NOT EXISTS passages(id INTEGER PRIMARY KEY, file TEXT, first INTEGER, last INTEGER, text TEXT);
		CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5(path, title, text, content='', tokenize='` + d.tokenizer + `')`)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &fts5Index{DB: db, dialect: d}, nil
}

func (x *fts5Index) add(docs []search.Doc) error {
	x.changed = true
	tx, err := x.Begin()
	if err != nil {
		return err
	}
	for _, d := range docs {
		for _, p := range d.Passages {
			_, err := tx.Exec(`INSERT INTO passages(file, first, last, text) VALUES (?, ?, ?, ?)`, p.File, p.Lines.Start, p.Lines.End, p.Text)
			if err == nil {
				column := x.dialect.column
				_, err = tx.Exec(`INSERT INTO found(rowid, path, title, text) VALUES (last_insert_rowid(), ?, ?, ?)`,
					column(around(p)), column(p.Title), column(p.Text))
			}
			if err != nil {
				return errors.Join(err, tx.Rollback())
			}
		}
	}
	return tx.Commit()
}

func (x *fts5Index) find(query string, n int) (hits []knowledge.Passage, err error) {
	terms := x.dialect.terms(query)
	slices.Sort(terms)
	terms = slices.Compact(terms)
	if len(terms) == 0 {
		return nil, nil
	}
	rows, err := x.Query(`
		SELECT p.file, p.first, p.last, p.text
		FROM (SELECT rowid, rank FROM found WHERE found MATCH ? ORDER BY rank LIMIT ?) AS f
		JOIN passages AS p ON p.id = f.rowid ORDER BY f.rank`, `"`+strings.Join(terms, `" OR "`)+`"`, n)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var p knowledge.Passage
		if err := rows.Scan(&p.File, &p.Lines.Start, &p.Lines.End, &p.Text); err != nil {
			return nil, err
		}
		hits = append(hits, p)
	}
	return hits, rows.Err()
}

// Close merges the index into one piece first, as the manual of FTS5 advises after a build.
func (x *fts5Index) Close() (err error) {
	if x.changed {
		_, err = x.Exec(`INSERT INTO found(found) VALUES ('optimize')`)
	}
	return errors.Join(err, x.DB.Close())
}
