package slack_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"studybot/bot/slack"
	"studybot/bot/slack/slacktest"
)

var manifests = []string{"manifest.yaml", "manifest-http.yaml"}

type manifest struct {
	Features struct {
		SlashCommands []struct {
			Command string
			URL     string
		} `yaml:"slash_commands"`
	}
	OAuth struct {
		Scopes struct{ Bot []string }
	} `yaml:"oauth_config"`
	Settings struct {
		Events struct {
			URL string   `yaml:"request_url"`
			Bot []string `yaml:"bot_events"`
		} `yaml:"event_subscriptions"`
		Interactivity struct {
			URL string `yaml:"request_url"`
		}
		SocketMode bool `yaml:"socket_mode_enabled"`
	}
}

func readManifest(t *testing.T, name string, into any) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(b, into); err != nil {
		t.Fatal(err)
	}
}

// The manifests are such as Slack takes.
func TestManifestSchema(t *testing.T) {
	if !haveSpecs(t) {
		t.Skipf("%s is absent", specs)
	}
	c := compiler()
	for _, version := range []string{"1.0.0", "2.0.0"} {
		name := "manifest.schema." + version + ".json"
		f, err := os.Open(filepath.Join(specs, "slack-manifest", "schemas", name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		doc, err := jsonschema.UnmarshalJSON(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource("https://raw.githubusercontent.com/slackapi/manifest-schema/v0.5.0/schemas/"+name, doc); err != nil {
			t.Fatal(err)
		}
	}
	schema, err := c.Compile("https://raw.githubusercontent.com/slackapi/manifest-schema/v0.5.0/schemas/manifest.schema.1.0.0.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range manifests {
		var raw any
		readManifest(t, name, &raw)
		b, err := json.Marshal(raw)
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(string(b)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// eventScopes are what the events that are heard need (https://docs.slack.dev/reference/events).
var eventScopes = map[string]string{
	"app_home_opened": "", "app_uninstalled": "", "tokens_revoked": "",
	"app_mention": "app_mentions:read", "message.channels": "channels:history", "message.groups": "groups:history", "message.im": "im:history",
}

// The scopes of the manifests are those of the events heard and of the methods called, and no other.
func TestManifestScopes(t *testing.T) {
	if !haveSpecs(t) {
		t.Skipf("%s is absent", specs)
	}
	want := []string{"commands"}
	for _, scope := range eventScopes {
		if scope != "" {
			want = append(want, scope)
		}
	}
	called := methodsCalled(t)
	if len(called) < 10 {
		t.Fatalf("only the methods %q are called", called)
	}
	for _, name := range called {
		for _, scope := range readMethod(t, name).Scopes["bot"] {
			if direct := strings.HasPrefix(scope.Name, "im:") || strings.HasPrefix(scope.Name, "mpim:"); !direct { // channels are looked at, public and private
				want = append(want, scope.Name)
			}
		}
	}
	slices.Sort(want)
	want = slices.Compact(want)
	for _, name := range manifests {
		var m manifest
		readManifest(t, name, &m)
		if diff := cmp.Diff(want, m.OAuth.Scopes.Bot); diff != "" {
			t.Errorf("%s: scopes (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(strings.Split(slacktest.Scopes, ","), m.OAuth.Scopes.Bot); diff != "" {
			t.Errorf("%s: scopes of the double (-want +got):\n%s", name, diff)
		}
		for _, ev := range m.Settings.Events.Bot {
			if _, ok := eventScopes[ev]; !ok {
				t.Errorf("%s: the event %s is not heard", name, ev)
			}
		}
		if len(m.Settings.Events.Bot) != len(eventScopes) {
			t.Errorf("%s: events %q", name, m.Settings.Events.Bot)
		}
	}
}

// methodsCalled are the methods that the package names in calls.
func methodsCalled(t *testing.T) (names []string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	call := regexp.MustCompile(`n\.call\(ctx, "([a-z]+\.[a-zA-Z.]+)"`)
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range call.FindAllStringSubmatch(string(b), -1) {
			if !strings.HasSuffix(file, "_test.go") {
				names = append(names, m[1])
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Each manifest is for one way of bringing events, and names the paths that are listened at.
func TestManifestModes(t *testing.T) {
	for i, name := range manifests {
		var m manifest
		readManifest(t, name, &m)
		if m.Settings.SocketMode != (i == 0) || len(m.Features.SlashCommands) != 1 || m.Features.SlashCommands[0].Command != slack.Command {
			t.Errorf("%s: %+v", name, m)
		}
		var paths []string
		for _, address := range []string{m.Settings.Events.URL, m.Settings.Interactivity.URL, m.Features.SlashCommands[0].URL} {
			if address != "" {
				paths = append(paths, strings.TrimPrefix(address, "https://studybot.example.com"))
			}
		}
		if i == 1 && !cmp.Equal(paths, slack.Paths) || i == 0 && len(paths) > 0 {
			t.Errorf("%s: paths %q, want %q", name, paths, slack.Paths)
		}
	}
}
