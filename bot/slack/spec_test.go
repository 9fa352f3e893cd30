package slack_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/dlclark/regexp2"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"studybot/bot/slack/slacktest"
)

const specs = "../../../shared/specs"

// haveSpecs reports whether the reference material is there; in CI it has to be.
func haveSpecs(t testing.TB) bool {
	t.Helper()
	_, err := os.Stat(specs)
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatalf("%s is absent", specs)
	}
	return err == nil
}

// A method is what Slack documents of a method of the Web API.
type method struct {
	Args   map[string]struct{ Required bool } `json:"args"`
	Scopes map[string][]struct{ Name string } `json:"scopes"`
}

func readMethod(t testing.TB, name string) method {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(specs, "slack-methods", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var m method
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// undocumented are arguments that Slack takes and does not document, with why they are sent.
var undocumented = map[string]string{
	"chat.postMessage client_msg_id": "a second line of defence against posting twice",
}

// checkCalls holds every request of a test against Slack's documentation: its method, its arguments, and the schemas
// of what it carries.
func checkCalls(t testing.TB, calls []slacktest.Call) {
	if !haveSpecs(t) {
		return
	}
	for _, c := range calls {
		if c.Method == "response_url" {
			checkResponse(t, c.Values["body"])
			continue
		}
		m := readMethod(t, c.Method)
		for name := range c.Values {
			if _, ok := m.Args[name]; !ok && undocumented[c.Method+" "+name] == "" {
				t.Errorf("%s: unknown argument %s", c.Method, name)
			}
		}
		for name, arg := range m.Args {
			if _, ok := c.Values[name]; arg.Required && !ok {
				t.Errorf("%s: the argument %s is missing", c.Method, name)
			}
		}
		switch c.Method {
		case "chat.postMessage":
			checkSchema(t, "PostMessage", asArguments(c.Values))
		case "views.open":
			checkSchema(t, "Modal", c.Values["view"])
		case "views.publish":
			checkSchema(t, "Home", c.Values["view"])
		}
		if blocks := c.Values["blocks"]; blocks != "" {
			checkSchema(t, "Blocks", blocks)
		}
		if c.Values["link_names"] == "true" || c.Values["parse"] == "full" {
			t.Errorf("%s: names in the text would be linked", c.Method)
		}
	}
}

// asArguments is a form as the JSON that its values stand for.
func asArguments(values map[string]string) string {
	fields := map[string]any{}
	for name, v := range values {
		switch {
		case name == "client_msg_id":
		case v == "true" || v == "false" || name == "blocks" || name == "metadata":
			fields[name] = json.RawMessage(v)
		default:
			fields[name] = v
		}
	}
	b, err := json.Marshal(fields)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// responseFields are what a response_url takes (https://docs.slack.dev/interactivity/handling-user-interaction).
var responseFields = []string{"text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts"}

func checkResponse(t testing.TB, body string) {
	t.Helper()
	var fields map[string]json.RawMessage
	if err := json.Unmarshal([]byte(body), &fields); err != nil {
		t.Errorf("response_url: %v", err)
	}
	for name := range fields {
		if !slices.Contains(responseFields, name) {
			t.Errorf("response_url: unknown field %s", name)
		}
	}
	checkSchema(t, "Blocks", string(fields["blocks"]))
}

var schemas sync.Map // compiled, by name

// checkSchema holds JSON against a schema made of Slack's own types.
func checkSchema(t testing.TB, name, text string) {
	t.Helper()
	s, ok := schemas.Load(name)
	if !ok {
		compiled, err := compiler().Compile(filepath.Join(specs, "schemas-generated", "slack."+name+".schema.json"))
		if err != nil {
			t.Fatal(err)
		}
		s, _ = schemas.LoadOrStore(name, compiled)
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Errorf("%s: %v in %s", name, err, text)
		return
	}
	if err := s.(*jsonschema.Schema).Validate(v); err != nil {
		t.Errorf("%s: %v\n%s", name, err, text)
	}
}

// compiler compiles schemas whose patterns look ahead.
func compiler() *jsonschema.Compiler {
	c := jsonschema.NewCompiler()
	c.UseRegexpEngine(func(s string) (jsonschema.Regexp, error) {
		re, err := regexp2.Compile(s, regexp2.ECMAScript)
		return ecma{re}, err
	})
	return c
}

type ecma struct{ *regexp2.Regexp }

func (e ecma) MatchString(s string) bool {
	ok, err := e.Regexp.MatchString(s)
	return err == nil && ok
}

func (e ecma) String() string { return fmt.Sprint(e.Regexp) }
