package bot

import (
	"fmt"
	"strings"
	"unicode"

	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/knowledge/card"
	"studybot/knowledge/grade"
	"studybot/store"
)

// otherForm is every how many reviews a card is asked in another form than in one's own words.
const otherForm = 3

// formOf says how a card is asked that was asked so many times: a command always to the letter; every third review
// of another card with its steps to be put in order or its answer among others, where the notes offer that;
// else nil, in one's own words.
func formOf(c knowledge.Card, times int, cards []knowledge.Card) *store.Form {
	offers := map[card.Form]card.Offer{}
	for _, o := range card.Offers(c, card.Siblings(c, cards)) {
		offers[o.Form] = o
	}
	if o, ok := offers[card.Name]; ok {
		return &store.Form{Ask: store.AskCommand, Command: o.Answer[0]}
	}
	if times == 0 || times%otherForm != 0 {
		return nil
	}
	if o, ok := offers[card.Order]; ok {
		return &store.Form{Ask: store.AskOrder, Options: o.Options, Right: o.Right}
	}
	if o, ok := offers[card.Pick]; ok {
		return &store.Form{Ask: store.AskPick, Options: o.Options, Right: o.Right}
	}
	return nil
}

// asPractice is a card as a member practises it in private.
func asPractice(c knowledge.Card) store.Question {
	return store.Question{Card: c, Form: formOf(c, 0, nil)}
}

// hinted returns the hint of a question, a key point with gaps; false where it has none.
func hinted(q store.Question) (string, bool) {
	if q.Form != nil {
		return "", false
	}
	for _, o := range card.Offers(q.Card, nil) {
		if o.Form == card.Gaps {
			return o.Prompt, true
		}
	}
	return "", false
}

// hint shows the hint of an open question to one member. It costs nothing.
func (r request) hint(id store.QuestionID) (chat.Response, error) {
	r, q, err := r.about(id)
	if err != nil {
		return chat.Response{}, err
	}
	text, ok := hinted(q)
	if !ok || q.State != store.StateOpen {
		return say(r.words.closed), nil
	}
	return private(chat.Message{Title: r.words.hintTitle, Blocks: []chat.Block{chat.Passage{Text: text}}, Context: r.until(q)}), nil
}

// exact reports whether a question has one right answer, which its feedback keeps back until the reveal.
func exact(q store.Question) bool { return q.Form != nil || len(choices(q)) > 0 }

// options are what a question shows to be chosen from or put in order.
func options(q store.Question) (texts []string) {
	if q.Form != nil {
		return q.Form.Options
	}
	for _, o := range q.Card.Options {
		texts = append(texts, o.Text)
	}
	return texts
}

// oneRight reports whether a question is answered by pressing the button of one option.
func oneRight(q store.Question) bool {
	n := 0
	for _, o := range choices(q) {
		if o.Right {
			n++
		}
	}
	return n == 1
}

// how says in what form an answer is to be given; "" where any words will do.
func (w *words) how(q store.Question) string {
	n := len(options(q))
	switch {
	case q.Form != nil && q.Form.Ask == store.AskCommand:
		return w.typeCommand
	case n == 0:
		return ""
	case q.Form != nil && q.Form.Ask == store.AskOrder:
		return fmt.Sprintf(w.putInOrder, letter(0), letter(n-1))
	case oneRight(q):
		return fmt.Sprintf(w.pickOne, letter(0), letter(n-1))
	}
	return fmt.Sprintf(w.pickSome, letter(0), letter(n-1))
}

// fits reports whether an answer has the form that the question asks for.
func fits(q store.Question, text string) bool {
	switch {
	case q.Form != nil && q.Form.Ask == store.AskCommand:
		return strings.ContainsRune(text, '`') || hasHan(q.Form.Command) || !hasHan(text)
	case q.Form != nil && q.Form.Ask == store.AskOrder:
		return grade.Orders(len(q.Form.Options), text)
	case len(choices(q)) > 0:
		return grade.Chooses(choices(q), text)
	}
	return true
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(c rune) bool { return unicode.Is(unicode.Han, c) })
}

// solution is the right answer of a question that has one, as the reveal shows it before the note's words; "" where
// these say it.
func solution(q store.Question) string {
	if q.Form != nil && q.Form.Ask == store.AskOrder {
		return orderOf(*q.Form)
	}
	var right []string
	for i, o := range choices(q) {
		if o.Right && !strings.Contains(q.Card.Answer, o.Text) {
			right = append(right, letter(i)+". "+o.Text)
		} else if o.Right && q.Form != nil {
			right = append(right, letter(i))
		}
	}
	return strings.Join(right, "\n")
}
