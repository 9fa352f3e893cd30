// Package pattern holds regular expressions that are compiled when they are first used: a program
// that knows hundreds and uses a few starts at once, and small.
package pattern

import (
	"regexp"
	"sync"
)

// A Pattern is a regular expression of package regexp. It may be used from several goroutines.
type Pattern struct {
	expr string
	once sync.Once
	re   *regexp.Regexp
}

// New returns the pattern of an expression. An expression that is none panics when it is used
// first; a test of this package compiles all that the knowledge packages have.
func New(expr string) *Pattern { return &Pattern{expr: expr} }

func (p *Pattern) compiled() *regexp.Regexp {
	p.once.Do(func() { p.re = regexp.MustCompile(p.expr) })
	return p.re
}

// MatchString is that of [regexp.Regexp], as are all methods below.
func (p *Pattern) MatchString(s string) bool { return p.compiled().MatchString(s) }

func (p *Pattern) FindString(s string) string { return p.compiled().FindString(s) }

func (p *Pattern) FindStringIndex(s string) []int { return p.compiled().FindStringIndex(s) }

func (p *Pattern) FindStringSubmatch(s string) []string { return p.compiled().FindStringSubmatch(s) }

func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	return p.compiled().FindStringSubmatchIndex(s)
}

func (p *Pattern) FindAllString(s string, n int) []string { return p.compiled().FindAllString(s, n) }

func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	return p.compiled().FindAllStringSubmatch(s, n)
}

func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.compiled().FindAllStringSubmatchIndex(s, n)
}

func (p *Pattern) ReplaceAllString(s, to string) string { return p.compiled().ReplaceAllString(s, to) }

func (p *Pattern) ReplaceAllStringFunc(s string, to func(string) string) string {
	return p.compiled().ReplaceAllStringFunc(s, to)
}

func (p *Pattern) Split(s string, n int) []string { return p.compiled().Split(s, n) }
