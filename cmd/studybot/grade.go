package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/grade"
)

type gradeCmd struct {
	JSON bool `name:"json" help:"Print JSON, one line an answer (the only form there is)."`
	glossaryFlag
	Batch string `required:"" help:"File (- for standard input) of JSON lines with id, question, reference and answer." placeholder:"FILE"`
}

// gradeJSON is a line of the batch; fields that are not named here are ignored.
type gradeJSON struct {
	ID        string `json:"id"`
	Question  string `json:"question"`
	Reference string `json:"reference"`
	Answer    string `json:"answer"`
}

type gradedJSON struct {
	ID string `json:"id"`
	knowledge.Grade
}

func (c gradeCmd) Run(p program) error {
	glossary, err := c.glossary()
	if err != nil {
		return err
	}
	g := grade.Grader{Glossary: grade.NewGlossary(glossary)}
	return written(p.out, func(out *bufio.Writer) error {
		enc := jsonLines(out)
		return eachLine(p, c.Batch, func(_ int, line string) error { return gradeLine(g, line, enc) })
	})
}

// gradeLine grades a line of the batch; a blank one is passed over.
func gradeLine(grader grade.Grader, line string, enc *json.Encoder) error {
	if strings.TrimSpace(line) == "" {
		return nil
	}
	var g gradeJSON
	if err := json.Unmarshal([]byte(line), &g); err != nil {
		return fmt.Errorf("not a JSON object with id, question, reference and answer: %w", err)
	}
	if g.ID == "" {
		return errors.New("the id is missing")
	}
	graded := gradedJSON{g.ID, grader.Answer(g.Question, []string{g.Reference}, g.Answer)}
	if graded.Points == nil {
		graded.Points = []knowledge.Point{}
	}
	return enc.Encode(graded)
}
