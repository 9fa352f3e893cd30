package store

import (
	"encoding/json"
	"fmt"

	"go.etcd.io/bbolt"

	"studybot/bot/chat"
)

// The buckets that are folds over the ledger.
const (
	questionsFold = "questions"
	messagesFold  = "messages"
	openFold      = "open"
	askedFold     = "asked"
	practiceFold  = "practice"
	pendingFold   = "pending"
	daysFold      = "days"
	skippedFold   = "skipped"
	pausedFold    = "paused"
	queueFold     = "queue"
	suggestedFold = "suggested"
	hiddenFold    = "hidden"
	cardsFold     = "cards"
	repliesFold   = "replies"
	awardsFold    = "awards"
	boardsFold    = "boards"
	membersFold   = "members"
	namesFold     = "names"
	settingsFold  = "settings"

	correctionsFold = "corrections"
	acceptedFold    = "accepted"
	auditFold       = "audit"
)

var folds = []string{
	questionsFold, messagesFold, openFold, askedFold, practiceFold, pendingFold, daysFold, skippedFold, pausedFold, queueFold, suggestedFold, hiddenFold,
	cardsFold, repliesFold, awardsFold, boardsFold, membersFold, namesFold, settingsFold,
	correctionsFold, acceptedFold, auditFold,
}

func makeFolds(tx *bbolt.Tx) error {
	for _, name := range folds {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	return nil
}

// facts says how each fact changes the folds.
var facts = map[What]func(*folder){
	WasAsked: (*folder).asked, WasPosted: (*folder).posted, WasReplied: (*folder).replied,
	WasRevealed: (*folder).revealed, WasVoided: (*folder).voided, WasRegraded: (*folder).regraded,
	WasCorrected: (*folder).corrected,
	WasSkipped:   (*folder).skipped, WasPaused: (*folder).paused,
	WasAppealed: (*folder).waiting, WasSuggested: (*folder).waiting, WasRated: (*folder).waiting, WasDecided: (*folder).decided,
	WasPractised: (*folder).practised, WasHidden: (*folder).hidden, WasForgotten: (*folder).forgotten,
	WasReminded: (*folder).reminded, WasSet: (*folder).set,
}

// fold brings all folds up to date with e. It depends on nothing but the folds and e.
func fold(tx *bbolt.Tx, e *Entry) error {
	apply, ok := facts[e.What]
	if !ok {
		return fmt.Errorf("ledger entry %d: unknown fact %q", e.Seq, e.What)
	}
	f := folder{tx: tx, e: e}
	apply(&f)
	if f.audit(); f.err != nil {
		return fmt.Errorf("ledger entry %d (%s): %w", e.Seq, e.What, f.err)
	}
	return nil
}

// A folder applies one entry. After an error it does nothing more.
type folder struct {
	tx  *bbolt.Tx
	e   *Entry
	err error
}

func (f *folder) asked() {
	e := f.e
	q := Question{ID: e.Question, Channel: e.Channel, Deck: e.Deck, Day: e.Day, Extra: e.Extra, Card: *e.Card, At: e.At, State: StateOpen, Review: e.Review, Form: e.Form, References: e.References}
	f.put(path{questionsFold, string(q.ID)}, q)
	f.put(path{openFold, deckKey(e.Channel, e.Deck)}, q.ID)
	f.put(path{askedFold, e.Channel.String(), padded(e.Seq)}, q.ID)
	f.put(path{pendingFold, string(q.ID.PostKey())}, Act{Key: q.ID.PostKey(), Channel: q.Channel, Question: q.ID})
	if !q.Extra {
		f.put(path{daysFold, deckKey(e.Channel, e.Deck), string(e.Day)}, q.ID)
	}
	use := path{cardsFold, e.Channel.String(), string(e.Card.ID)}
	u := read[Use](f, use)
	f.put(use, Use{Last: e.Day, Times: u.Times + 1})
}

func (f *folder) skipped() {
	e := f.e
	f.put(path{skippedFold, deckKey(e.Channel, e.Deck), string(e.Day)}, e.Reason)
	f.notice(e.Day, e.Deck)
}

// notice makes it pending to tell the channel that a deck has no question on a day.
func (f *folder) notice(d Day, deck string) {
	if f.e.Key != "" {
		f.put(path{pendingFold, string(f.e.Key)}, Act{Key: f.e.Key, Channel: f.e.Channel, Skipped: d, Since: f.e.Since, Deck: deck})
	}
}

func (f *folder) paused() { f.put(path{pausedFold, f.e.Channel.String()}, f.e.Day) }

func casePath(c Channel, n uint64) path {
	return path{queueFold, c.String(), padded(n)}
}

// padded writes a number so that the order of the texts is that of the numbers.
func padded(n uint64) string { return fmt.Sprintf("%020d", n) }

func (f *folder) waiting() {
	if f.e.Case == nil {
		return
	}
	c := *f.e.Case
	c.Number = f.e.Seq
	f.put(casePath(f.e.Channel, c.Number), c)
}

// decided takes a case off the queue; a suggestion that was accepted becomes a card of the channel.
func (f *folder) decided() {
	at := casePath(f.e.Channel, f.e.Decides)
	c := read[Case](f, at)
	f.remove(at)
	if f.e.Accepted && c.Card != nil {
		f.put(path{suggestedFold, f.e.Channel.String(), string(c.Card.ID)}, c.Card)
	}
}

func (f *folder) practised() {
	f.put(path{practiceFold, f.e.Channel.String(), f.e.Actor, padded(f.e.Seq)}, f.e.Practice)
}

func (f *folder) hidden() {
	at := path{hiddenFold, f.e.Channel.Network, f.e.Actor}
	if !f.e.Hidden {
		f.remove(at)
		return
	}
	f.put(at, true)
}

// forgotten needs nothing: the entries before it name the mark in the member's place.
func (f *folder) forgotten() {}

func (f *folder) posted() {
	e := f.e
	f.remove(path{pendingFold, string(e.Key)})
	if e.Question == "" {
		return
	}
	q := f.question()
	if e.Key == q.ID.PostKey() {
		q.Message = chat.MessageID(e.Message)
		f.put(path{questionsFold, string(q.ID)}, q)
	} else if e.Key == q.ID.RevealKey() {
		q.RevealMessage = chat.MessageID(e.Message)
		f.put(path{questionsFold, string(q.ID)}, q)
	}
	f.put(path{messagesFold, e.Channel.String(), e.Message}, q.ID)
}

func (f *folder) replied() {
	e := f.e
	f.putReply(e.Question, e.Reply)
	if member := (path{membersFold, e.Channel.String(), string(e.Reply.Member)}); get(f.tx, member) == nil {
		f.put(member, true)
	}
	name := path{namesFold, e.Channel.Network, string(e.Reply.Member)}
	if read[string](f, name) != e.Reply.Name {
		f.put(name, e.Reply.Name)
	}
	f.award(e.Channel, e.Day, e.Question, e.Awards)
}

func (f *folder) revealed() {
	e := f.e
	q := f.question()
	q.State, q.Revealed = StateClosed, e.At
	f.put(path{questionsFold, string(q.ID)}, q)
	f.remove(path{openFold, deckKey(q.Channel, q.Deck)})
	f.remove(path{pendingFold, string(q.ID.PostKey())})
	f.remove(path{pendingFold, string(q.ID.RemindKey())})
	f.put(path{pendingFold, string(q.ID.RevealKey())}, Act{Key: q.ID.RevealKey(), Channel: q.Channel, Question: q.ID, Reveal: true})
	f.award(q.Channel, q.Day, q.ID, e.Awards)
}

// voided takes a question back: it counts neither as a day nor as an answer, and brought nothing.
func (f *folder) voided() {
	e := f.e
	q := f.question()
	wasOpen := q.State == StateOpen
	q.State, q.Reason = StateVoid, e.Reason
	f.put(path{questionsFold, string(q.ID)}, q)
	f.remove(path{pendingFold, string(q.ID.PostKey())})
	f.remove(path{pendingFold, string(q.ID.RemindKey())})
	f.remove(path{pendingFold, string(q.ID.RevealKey())})
	if wasOpen {
		f.remove(path{openFold, deckKey(q.Channel, q.Deck)})
	}
	rs, err := replies(f.tx, q.ID)
	if f.err == nil {
		f.err = err
	}
	for _, r := range rs {
		a := read[Award](f, path{awardsFold, string(q.ID), string(r.Member)})
		f.count(q.Channel, q.Day, a, -1)
		f.remove(path{awardsFold, string(q.ID), string(r.Member)})
	}
	if q.Message == "" { // nobody saw it: the card is as good as not asked
		use := path{cardsFold, e.Channel.String(), string(q.Card.ID)}
		if u := read[Use](f, use); u.Times > 1 {
			f.put(use, Use{Last: u.Last, Times: u.Times - 1})
		} else {
			f.remove(use)
		}
	}
	if !q.Extra {
		f.remove(path{daysFold, deckKey(q.Channel, q.Deck), string(q.Day)})
		f.put(path{skippedFold, deckKey(q.Channel, q.Deck), string(q.Day)}, e.Reason)
		f.notice(q.Day, q.Deck)
	}
}

// award puts awards on the board of the question's day.
func (f *folder) award(c Channel, d Day, id QuestionID, awards []Award) {
	for _, a := range awards {
		f.put(path{awardsFold, string(id), string(a.Member)}, a)
		f.count(c, d, a, 1)
	}
}

// count adds an award to the board, or takes it off; a row without answers is removed.
func (f *folder) count(c Channel, d Day, a Award, times int) {
	if a.Member == "" {
		return
	}
	row := path{boardsFold, c.String(), string(d), string(a.Member)}
	p := read[Points](f, row)
	p.Points += times * a.Points
	p.Answered += times
	if a.Known {
		p.Known += times
	}
	if p.Answered == 0 {
		f.remove(row)
		return
	}
	f.put(row, p)
}

func (f *folder) question() Question {
	q := read[Question](f, path{questionsFold, string(f.e.Question)})
	if f.err == nil && q.ID == "" {
		f.err = fmt.Errorf("no question %q", f.e.Question)
	}
	return q
}

// A path leads through nested buckets to a key.
type path []string

func (f *folder) put(p path, v any) {
	if f.err != nil {
		return
	}
	b := f.tx.Bucket([]byte(p[0]))
	for _, name := range p[1 : len(p)-1] {
		if b, f.err = b.CreateBucketIfNotExists([]byte(name)); f.err != nil {
			return
		}
	}
	var value []byte
	if value, f.err = json.Marshal(v); f.err == nil {
		f.err = b.Put([]byte(p[len(p)-1]), value)
	}
}

func (f *folder) remove(p path) {
	if f.err != nil {
		return
	}
	if b := bucket(f.tx, p[:len(p)-1]...); b != nil {
		f.err = b.Delete([]byte(p[len(p)-1]))
	}
}

func read[T any](f *folder, p path) T {
	v, err := value[T](f.tx, p)
	if f.err == nil {
		f.err = err
	}
	return v
}

// value returns what stands at p, or the zero T.
func value[T any](tx *bbolt.Tx, p path) (T, error) {
	var v T
	b := get(tx, p)
	if b == nil {
		return v, nil
	}
	if err := json.Unmarshal(b, &v); err != nil {
		return v, fmt.Errorf("store: %q: %w", []string(p), err)
	}
	return v, nil
}

func get(tx *bbolt.Tx, p path) []byte {
	b := bucket(tx, p[:len(p)-1]...)
	if b == nil {
		return nil
	}
	return b.Get([]byte(p[len(p)-1]))
}

// bucket returns the nested bucket of that name, or nil.
func bucket(tx *bbolt.Tx, names ...string) *bbolt.Bucket {
	b := tx.Bucket([]byte(names[0]))
	for _, name := range names[1:] {
		if b == nil {
			return nil
		}
		b = b.Bucket([]byte(name))
	}
	return b
}
