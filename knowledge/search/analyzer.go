package search

import (
	"sync"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/registry"
)

// The names under which Bleve knows the analysis of this package.
const (
	analyzerName  = "studybot"
	tokenizerName = "studybot_words"
	partsName     = "studybot_parts"
	pairsName     = "studybot_pairs"
)

// register tells Bleve of the tokenizer and the filters; an analyzer is made of them
// once a process.
var register = sync.OnceValue(func() error {
	if err := registry.RegisterTokenizer(tokenizerName, func(map[string]any, *registry.Cache) (analysis.Tokenizer, error) {
		return wordTokenizer{}, nil
	}); err != nil {
		return err
	}
	if err := registry.RegisterTokenFilter(partsName, func(map[string]any, *registry.Cache) (analysis.TokenFilter, error) {
		return partsFilter{}, nil
	}); err != nil {
		return err
	}
	if err := registry.RegisterTokenFilter(pairsName, func(map[string]any, *registry.Cache) (analysis.TokenFilter, error) {
		return pairsFilter{}, nil
	}); err != nil {
		return err
	}
	return registry.RegisterAnalyzer(analyzerName, func(_ map[string]any, cache *registry.Cache) (analysis.Analyzer, error) {
		return custom.AnalyzerConstructor(map[string]any{
			"tokenizer":     tokenizerName,
			"token_filters": []string{pairsName, partsName},
		}, cache)
	})
})

// A wordTokenizer cuts a text into Han characters and Latin words, in NFKC, simplified,
// the case of Latin letters kept for the filter that takes words apart. A token's
// offsets are bytes of the text. KeyWord marks a Han character that goes on from the token
// before it and a word that is an option; the type Numeric a word whose last digit does.
type wordTokenizer struct{}

func (wordTokenizer) Tokenize(src []byte) analysis.TokenStream {
	var (
		out  = make(analysis.TokenStream, 0, len(src)/2)
		pool = make([]analysis.Token, 0, cap(out))
		mem  = make([]byte, 0, len(src)+16) // one block for the letters of all tokens
		s    = newScanner(src)
	)
	for w, ok := s.next(); ok; w, ok = s.next() {
		from := len(mem)
		t := analysis.Token{Start: w.start, End: w.end, Position: len(out) + 1}
		if w.han {
			mem = utf8.AppendRune(mem, w.char)
			t.Type, t.KeyWord = analysis.Ideographic, w.joined
			if w.digit != 0 {
				out[len(out)-1].Type = analysis.Numeric
			}
		} else {
			mem = append(mem, w.raw...)
			t.KeyWord = w.option
		}
		t.Term = mem[from:len(mem):len(mem)]
		if len(pool) == cap(pool) {
			pool = make([]analysis.Token, 0, cap(pool)+16)
		}
		pool = append(pool, t)
		out = append(out, &pool[len(pool)-1])
	}
	return out
}

// A pairsFilter adds to every Han character the pair it makes with the one before it.
// A single digit before a Han character counts as the character: 3次 is also 三次.
type pairsFilter struct{}

func (pairsFilter) Filter(in analysis.TokenStream) analysis.TokenStream {
	out := make(analysis.TokenStream, 0, 2*len(in))
	slab := slab{tokens: make([]analysis.Token, 0, len(in)), bytes: make([]byte, 0, 6*len(in))}
	for i, t := range in {
		if t.Type == analysis.Ideographic && t.KeyWord && i > 0 {
			prev := in[i-1]
			first, start := prev.Term, prev.Start
			if prev.Type == analysis.Numeric {
				first, start = utf8.AppendRune(nil, hanDigit(prev.Term[len(prev.Term)-1])), prev.End-1
				out = append(out, &analysis.Token{Term: first, Start: start, End: prev.End, Position: prev.Position, Type: analysis.Single})
			}
			out = append(out, slab.add(analysis.Token{
				Start: start, End: t.End, Position: prev.Position, Type: analysis.Double,
			}, first, t.Term))
		}
		out = append(out, t)
	}
	return out
}

// A slab gives many small tokens out of few allocations.
type slab struct {
	tokens []analysis.Token
	bytes  []byte
}

// add returns a token whose term is made of two pieces.
func (s *slab) add(t analysis.Token, a, b []byte) *analysis.Token {
	if len(s.tokens) == cap(s.tokens) {
		s.tokens = make([]analysis.Token, 0, cap(s.tokens)+16)
	}
	from := len(s.bytes)
	s.bytes = append(append(s.bytes, a...), b...)
	t.Term = s.bytes[from:len(s.bytes):len(s.bytes)]
	s.tokens = append(s.tokens, t)
	return &s.tokens[len(s.tokens)-1]
}

// hanDigit returns the character of an ASCII digit: 三 for 3.
func hanDigit(d byte) rune {
	return [...]rune{'零', '一', '二', '三', '四', '五', '六', '七', '八', '九'}[d-'0']
}

// A partsFilter brings Latin words into lower case and stems, and adds their parts.
type partsFilter struct{}

func (partsFilter) Filter(in analysis.TokenStream) analysis.TokenStream {
	out := make(analysis.TokenStream, 0, len(in)+len(in)/4)
	var buf []part
	for _, t := range in {
		switch t.Type {
		case analysis.Ideographic, analysis.Single, analysis.Double:
			out = append(out, t)
			continue
		}
		if t.KeyWord { // an option: its case means something
			out = append(out, &analysis.Token{Term: t.Term, Start: t.Start, End: t.End, Position: t.Position, Type: t.Type})
			if len(t.Term) == 2 {
				continue
			}
			t.Term, t.Start = t.Term[1:], t.Start+1
		}
		buf = parts(buf[:0], t.Term)
		for i, p := range buf {
			part := t
			if i > 0 {
				part = &analysis.Token{Start: t.Start, End: t.End, Position: t.Position}
			}
			part.Term, part.Type, part.KeyWord = []byte(p.term), analysis.AlphaNumeric, false
			out = append(out, part)
		}
	}
	return out
}
