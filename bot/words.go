package bot

import (
	"fmt"
	"time"
	"unicode"

	"studybot/knowledge"
)

// A Language is what the bot speaks in a channel.
type Language string

// The languages.
const (
	Chinese Language = "zh"
	English Language = "en"
)

// LanguageOf returns the language that most questions of the cards are in.
func LanguageOf(cards []knowledge.Card) Language {
	han := 0
	for _, c := range cards {
		for _, r := range c.Question {
			if unicode.Is(unicode.Han, r) {
				han++
				break
			}
		}
	}
	if 2*han > len(cards) {
		return Chinese
	}
	return English
}

func (l Language) words() *words {
	if l == Chinese {
		return &chinese
	}
	return &english
}

// A plural is a phrase with a count: one for 1, other else.
type plural struct{ one, other string }

// count puts n into the phrase that fits it.
func (w *words) count(p plural, n int) string {
	if n == 1 {
		return fmt.Sprintf(p.one, n)
	}
	return fmt.Sprintf(p.other, n)
}

// words is the catalogue: all that the bot says in one language. Verbs are those of fmt and
// stand in the same order in every language.
type words struct {
	colon, comma, space     string
	welcome                 plural
	welcomeOpen, welcomeHow string // question command; ask command, help command
	date                    func(local time.Time) string

	argQuery, argText, argReason                                  string
	helpTitle, helpAsk, helpQuestion, helpAnswer, helpTop, helpMe string
	helpHelp, helpPost, helpReveal, helpSkip                      string
	adminsOnly, unknownCommand, staleButton, done                 string // command; command, help command; -; -

	askWhat, queryTooLong, found, notFound, nearest, embargo string // ask command; runes, limit; query; query; -; answer command
	share, shared, shareLater, notesChanged                  string // -; member, query; -; -

	ofTheDay, oneMore, posted, answerButton, formTitle string // -; -; when; -; -
	noneOpen, nextQuestion, noSchedule, until          string // -; when; -; when, answer command
	yourAnswer                                         string // text, percent
	replies, notYetCounted                             plural

	answerWhat, replyTooLong, closed                string // answer command; runes, limit; -
	known, partly, little, held, missed, noteAt     string // percent (three times); -; -; source
	revealed, nobody, mostMissed, missedBy          string // question; -; -; missed, all
	bandKnown, bandPartly, bandLittle, wasWithdrawn string
	withdrawnFor                                    string // reason
	tallyTitle, wasRevealed                         plural

	topDay, topWeek, topMonth, topAll, topWhat, topEmpty                                                                          string // topWhat: top command
	colName, colPoints, colAnswered, colKnown                                                                                     string
	meTitle, streak, weak, noPoints                                                                                               string // name; days, days; -; -
	place                                                                                                                         string // points, rank, members, answered, known
	top30, topSeason, freezes                                                                                                     string // -; -; left, of
	whyAccepted, whyTitle, whyRule, whyNothing, whyOpen, whyLate, whyPoints                                                       string // -; -; taking, quality; -; -; points; points, taking, quality, percent, held, points
	argUntil, helpPause, helpResume, pauseWhat, paused, pausedUntil, isPaused, leftOut, undelivered, barred                       string // -; -; -; pause command; resume command; day, resume command; -
	argCard, helpSuggest, helpHide, helpQueue, suggestForm, suggestQuestion, suggestAnswer, suggestWhat, suggestedBy, suggested   string // suggestWhat: suggest command; suggested: me command
	appealButton, appealed, appealWaits, queueEmpty, accept, decline, suggestionOf, appealOf, declineForm, declineReason, decided string // appealed: me command; accept, decline: number; name, question; name, question, percent
	noneHeld, noWords, more                                                                                                       string // -; -; source
	queueTitle                                                                                                                    plural
	hidden, unhidden, hideWhat, deleteSure, deleted, exportTitle                                                                  string // hidden, hideWhat, deleteSure: hide command
	isNew, isDue, isRested                                                                                                        string // -; last day, recall in percent; last day
	helpReview, helpPreview, previewWhat, previewTitle, practice, nothingDue, hadButton, hadIt                                    string // previewWhat: preview command, limit
	newCards                                                                                                                      plural
	helpWhy, helpVoid, voidWhy, nothingToVoid, late                                                                               string // -; -; void command, question; -; points
	days                                                                                                                          plural

	stillOpen, noCards, withdrawn, nothingToSkip, skipped string // reveal and skip command; -; -; -; day

	paramQuery, paramText, paramPeriod, paramNumber, paramEntries, paramCard, paramHide, paramDeck, paramReason, paramUntil string

	language                                                                                      Language
	noDeck, answersThe, reminder, argDeck, argSetup, helpSetup, paramSetup, helpReload            string // noDeck: deck, decks; answersThe: question; reminder: title
	unknownSetting, wrongSetting, deckName, tooManyDecks, emptyDeck                               string // setting, setup command; setting, value, what to write; name; limit; filter
	wrongZone, wrongClock, wrongReminder, wrongDays, wrongCalendar, wrongLanguage, wrongDeck      string
	wrongTimes, setupTitle, setupForm, zoneLabel, timesLabel, daysLabel, languageLabel, deckLabel string
	asConfigured, setHere, comesNow, inForce                                                      string // -; day; -; settings, where they come from
	reloaded, notReloaded, reloadedNotes, reloadedCards, cardsNow                                 string // -; error; added, changed, removed (twice); cards, askable
	problems                                                                                      plural
	whichQuestion, whichDeck, inPause                                                             string // whichDeck: command, decks
	wrongThreads, unheard                                                                         string // unheard: answer command
	setupWhere                                                                                    string // setup command
	calendarEnds                                                                                  string // year
	fewNew                                                                                        string // deck and number

	helpCorrect, helpAudit, correctForm, correctReason, correctWhat, nothingToCorrect, correctedFor          string // correctWhat: correct command; correctedFor: reason
	moreButton, helpedButton, missedButton, tellKeepers, helped, missedIt, lookupOf, foundNothing, foundThis string // missedIt: suggest command; lookupOf: name, query
	howMany, missedHour, notInTime, auditTitle, auditEmpty, auditBy                                          string // audit or why command, limit; -; -; name
	wasVoided, wasAccepted, wasDeclined, wasResumed, wasPausedUntil, wasSet, wasForgotten                    string // wasPausedUntil: day
	corrected, wasRegraded, wasCorrected                                                                     plural

	hintButton, hintTitle, typeCommand, putInOrder, pickOne, pickSome, wrongForm, addedHalf string // putInOrder, pickOne, pickSome: first and last letter; wrongForm: how

	teamStreak, readsLike string // days, days; question

	offBoard, deletedMember, whyHalf string // points, answered, known; -; percent at first, percent at last
}
