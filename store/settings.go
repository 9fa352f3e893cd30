package store

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"studybot/bot/chat"
)

// Settings are what was set in a channel for one of its decks, as people write it. "" leaves a value as it is
// configured; of a named deck, as it is for the channel's own.
type Settings struct {
	Deck     string `json:"deck,omitempty"`     // its name; "" for the channel's own
	Off      bool   `json:"off,omitempty"`      // the deck is asked no more
	Post     string `json:"post,omitempty"`     // "09:00"
	Reveal   string `json:"reveal,omitempty"`   // "18:00"
	Reminder string `json:"reminder,omitempty"` // "16:30", or "off"
	Days     string `json:"days,omitempty"`     // "mon-fri"
	Folder   string `json:"folder,omitempty"`   // begins the paths of the deck's cards
	Topic    string `json:"topic,omitempty"`    // stands in the headings of the deck's cards

	// Of the channel, so with its own deck only.
	Zone     string `json:"zone,omitempty"`     // IANA
	Calendar string `json:"calendar,omitempty"` // "cn", "none"
	Language string `json:"language,omitempty"` // "zh", "en"
	Threads  string `json:"threads,omitempty"`  // "answers", "reveal", "none"

	By string    `json:"by,omitempty"` // who set it last, and when
	At time.Time `json:"at,omitzero"`
}

// String is what was set, as it is typed.
func (s Settings) String() string {
	if s.Off {
		return strings.TrimSpace(s.Deck + " off")
	}
	var parts []string
	for _, p := range [][2]string{{"deck", s.Deck}, {"zone", s.Zone}, {"post", s.Post}, {"reveal", s.Reveal}, {"reminder", s.Reminder}, {"days", s.Days},
		{"calendar", s.Calendar}, {"language", s.Language}, {"threads", s.Threads}, {"folder", s.Folder}, {"topic", s.Topic}} {
		if p[1] != "" {
			parts = append(parts, p[0]+"="+p[1])
		}
	}
	return cmp.Or(strings.Join(parts, " "), "on")
}

// Set records the settings of a deck, in place of those that it had.
func (s *Store) Set(c Channel, set Settings, actor string, at time.Time) error {
	set.By, set.At = "", time.Time{} // the entry says so
	return s.append(func(*bbolt.Tx) (*Entry, error) {
		return &Entry{At: at.UTC(), What: WasSet, Channel: c, Actor: actor, Deck: set.Deck, Settings: &set}, nil
	})
}

func (f *folder) set() {
	at := path{settingsFold, f.e.Channel.String()}
	set := *f.e.Settings
	set.By, set.At = f.e.Actor, f.e.At
	all := slices.DeleteFunc(read[[]Settings](f, at), func(s Settings) bool { return s.Deck == set.Deck })
	all = append(all, set)
	slices.SortFunc(all, func(a, b Settings) int { return cmp.Compare(a.Deck, b.Deck) })
	f.put(at, all)
}

// Settings returns what was set in each channel, the channel's own deck first.
func (s *Store) Settings() (all map[Channel][]Settings, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		all, err = settings(tx)
		return err
	})
	return all, err
}

func settings(tx *bbolt.Tx) (map[Channel][]Settings, error) {
	all := map[Channel][]Settings{}
	b := bucket(tx, settingsFold)
	if b == nil {
		return all, nil
	}
	return all, b.ForEach(func(k, v []byte) error {
		network, id, _ := strings.Cut(string(k), "/")
		var set []Settings
		if err := json.Unmarshal(v, &set); err != nil {
			return fmt.Errorf("store: settings of %s: %w", k, err)
		}
		all[Channel{Network: network, ID: chat.ChannelID(id)}] = set
		return nil
	})
}

// PeekSettings is Settings of the store at path, which need not be open. It writes nothing, and returns
// errors as Peek does.
func PeekSettings(path string) (all map[Channel][]Settings, err error) {
	err = peeking(path, func(db *bbolt.DB) error {
		return db.View(func(tx *bbolt.Tx) error {
			all, err = settings(tx)
			return err
		})
	})
	return all, err
}
