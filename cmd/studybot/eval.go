package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"studybot/knowledge"
	"studybot/knowledge/eval"
)

type evalCmd struct {
	lookupFlags
	logFlag
	Gold string `arg:"" help:"File of golden questions, a JSON object a line: {\"q\",\"style\",\"file\",\"gold\":[[first,last]]}, or {\"q\",\"style\":\"unanswerable\"}." placeholder:"GOLD.jsonl"`
}

// Run measures lookups by golden questions and prints the scores by style.
func (c evalCmd) Run(p program) (err error) {
	file, err := os.Open(c.Gold)
	if err != nil {
		return err
	}
	defer file.Close()
	questions, err := eval.Read(file)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Gold, err)
	}
	if len(questions) == 0 {
		return fmt.Errorf("%s: holds no questions", c.Gold)
	}
	l, closer, err := c.library(p, c.logger(p))
	if err != nil {
		return err
	}
	defer closer.Close()
	var answers []eval.Answer
	for _, q := range questions {
		begun := time.Now()
		found, err := l.Search(p, q.Query, eval.Depth)
		if err != nil {
			return err
		}
		a := eval.Answer{Answered: found.Answered, Took: time.Since(begun)}
		for _, h := range found.Hits {
			a.Hits = append(a.Hits, knowledge.Passage{File: h.File, Lines: h.Lines})
		}
		answers = append(answers, a)
	}
	out := bufio.NewWriter(p.out)
	defer func() { err = errors.Join(err, out.Flush()) }()
	fmt.Fprintf(out, "%-14s %5s %7s %8s %9s %9s %8s\n", "style", "n", "MRR@10", "nDCG@10", "success@1", "success@3", "refused")
	for _, s := range eval.Measure(questions, answers) {
		style := s.Style
		if style == "" {
			style = "all"
		}
		if s.Answerable > 0 {
			fmt.Fprintf(out, "%-14s %5d %7.3f %8.3f %9.3f %9.3f %8.3f\n", style, s.Answerable, s.MRR, s.NDCG, s.First, s.Three, s.Refused)
		}
		if s.Nothing > 0 && s.Style == "" {
			fmt.Fprintf(out, "%-14s %5d %45.3f\n", "unanswerable", s.Nothing, s.Declined)
		}
	}
	took := make([]time.Duration, 0, len(answers))
	for _, a := range answers {
		took = append(took, a.Took)
	}
	slices.Sort(took)
	fmt.Fprintf(out, "latency p50 %s p90 %s p99 %s\n", percentile(took, 50), percentile(took, 90), percentile(took, 99))
	return nil
}

// percentile returns the least of the sorted values that n % are not above.
func percentile(sorted []time.Duration, n int) time.Duration {
	return sorted[max(0, (len(sorted)*n+99)/100-1)].Round(time.Microsecond)
}
