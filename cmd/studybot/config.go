package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"
)

// loadConfig reads the settings file that --config or its variable names, and makes its
// values count where neither a flag nor a variable is given.
func loadConfig(kctx *kong.Context) error {
	flags := allFlags(kctx.Model.Node)
	path, _ := kctx.FlagValue(flags["config"]).(string)
	if path == "" {
		return nil
	}
	values, err := readConfig(path, slices.Sorted(maps.Keys(flags)))
	if err != nil {
		return err
	}
	kctx.AddResolver(kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		if slices.ContainsFunc(flag.Envs, isSet) {
			return nil, nil
		}
		return values[flag.Name], nil
	}))
	return nil
}

func isSet(env string) bool {
	_, ok := os.LookupEnv(env)
	return ok
}

// allFlags returns the flags of a node and of the commands below it, by name.
func allFlags(node *kong.Node) map[string]*kong.Flag {
	flags := map[string]*kong.Flag{}
	for _, f := range node.Flags {
		flags[f.Name] = f
	}
	for _, child := range node.Children {
		maps.Copy(flags, allFlags(child))
	}
	return flags
}

// settings are the flags that make sense in a file: those that say how the bot is to work, not
// what one run is to do.
var settings = []string{"calendar", "data", "days", "discord.admins", "discord.channels", "discord.message_content", "glossary", "holidays", "language", "log-level", "notes", "notes.url", "post", "reminder", "reveal", "slack.admins", "slack.channels", "slack.listen", "slack.mode", "zone"}

// lists are the settings that may be written as a list.
var lists = []string{"days", "discord.admins", "discord.channels", "slack.admins", "slack.channels"}

// readConfig reads a settings file: a YAML mapping of settings to plain values, or lists of them. "slack.mode" may
// stand as mode below slack.
func readConfig(path string, flags []string) (map[string]any, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		var pe *fs.PathError
		if errors.As(err, &pe) {
			err = pe.Err
		}
		return nil, fmt.Errorf("settings file %s: %w", path, err)
	}
	values := map[string]any{}
	if err := yaml.Unmarshal(b, &values); err != nil {
		return nil, fmt.Errorf("settings file %s: not YAML as expected: %s", path, withoutSource(err))
	}
	values = flat("", values)
	for _, key := range slices.Sorted(maps.Keys(values)) {
		switch {
		case isSecret(key):
			return nil, fmt.Errorf("settings file %s: %s is a secret and does not belong here: set it in the environment as %s, or the path of a file that holds it as %s_FILE",
				path, key, secretName(key), secretName(key))
		case slices.Contains(settings, key):
		case slices.Contains(flags, key):
			return nil, fmt.Errorf("settings file %s: %s is for the command line only", path, key)
		default:
			return nil, fmt.Errorf("settings file %s: unknown key %q%s; the keys are %s", path, key, meant(key), strings.Join(settings, ", "))
		}
		v, isList := values[key].([]any)
		switch values[key].(type) {
		case string, bool, uint64, int64, float64:
			values[key] = atHome(fmt.Sprint(values[key]))
		default:
			if isList && slices.Contains(lists, key) {
				values[key] = strings.Join(strings.Fields(strings.Trim(fmt.Sprint(v), "[]")), ",")
				continue
			}
			return nil, fmt.Errorf("settings file %s: %s must be a plain value, such as %q", path, key, examples[key])
		}
	}
	return values, nil
}

// flat names the values of mappings in mappings by their path: "slack.mode".
func flat(prefix string, values map[string]any) map[string]any {
	all := map[string]any{}
	for key, v := range values {
		if m, ok := v.(map[string]any); ok && len(m) > 0 {
			maps.Copy(all, flat(prefix+key+".", m))
		} else {
			all[prefix+key] = v
		}
	}
	return all
}

// withoutSource says where a YAML file is wrong, and why, without a word of the file: it may
// hold a secret in the wrong place. Names of settings stay.
func withoutSource(err error) string {
	return quoted.ReplaceAllStringFunc(strings.TrimSpace(yaml.FormatError(err, false, false)), func(s string) string {
		if slices.Contains(settings, strings.Trim(s, `"`)) {
			return s
		}
		return `"…"`
	})
}

// quoted is all from the first quotation mark of a message to its last.
var quoted = regexp.MustCompile(`(?s)".*"`)

var examples = map[string]string{
	"slack.admins": "U024BE7LH", "slack.channels": "C024BE91L", "slack.listen": "127.0.0.1:3000", "slack.mode": "http",
	"discord.admins": "400000000000000001", "discord.channels": "300000000000000001", "discord.message_content": "true",
	"calendar": "cn", "holidays": "/etc/studybot/holidays.txt", "data": "/var/lib/studybot", "days": "mon-fri", "glossary": "/etc/studybot/glossary.txt", "language": "zh", "log-level": "info", "notes": "/srv/notes", "notes.url": "https://git.example.com/notes/blob/main",
	"post": "09:00", "reminder": "16:30", "reveal": "18:00", "zone": "Asia/Shanghai",
}

// atHome writes a path below the user's home in full, as a shell would.
func atHome(path string) string {
	rest, ok := strings.CutPrefix(path, "~/")
	if home, err := os.UserHomeDir(); ok && err == nil {
		return filepath.Join(home, rest)
	}
	return path
}

// meant names the setting that a key may be a misspelling of, where one is near enough.
func meant(key string) string {
	name := nearest(key, settings)
	if edits(strings.ToLower(key), name) > (len(name)+1)/2 {
		return ""
	}
	return fmt.Sprintf(": did you mean %q?", name)
}

// nearest returns the name that the fewest edits lead to; of equals the first.
func nearest(s string, names []string) string {
	s = strings.ToLower(strings.ReplaceAll(s, "_", "-"))
	return slices.MinFunc(names, func(a, b string) int { return cmp.Compare(edits(s, a), edits(s, b)) })
}

// edits is the Levenshtein distance of a and b.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}

// secrets are the variables that hold what must not be printed, by what they are for.
var secrets = []struct{ network, name string }{
	{"Slack", "SLACK_BOT_TOKEN"}, {"Slack", "SLACK_APP_TOKEN"}, {"Slack", "SLACK_SIGNING_SECRET"},
	{"Discord", "DISCORD_TOKEN"},
}

func secretName(key string) string {
	return strings.ToUpper(strings.NewReplacer("-", "_", ".", "_").Replace(key))
}

// isSecret reports whether a key of the settings file names a secret.
func isSecret(key string) bool {
	name := secretName(key)
	return strings.HasSuffix(name, "_TOKEN") || strings.HasSuffix(name, "_SECRET") || name == "TOKEN" || name == "SECRET"
}

// secretSource says where a secret is set, "" where it is not. The file of NAME_FILE must be
// readable. It never returns the secret itself.
func secretSource(name string) (string, error) {
	if os.Getenv(name) != "" {
		return "set in the environment", nil
	}
	path := os.Getenv(name + "_FILE")
	if path == "" {
		return "", nil
	}
	b, err := os.ReadFile(path)
	switch {
	case err != nil:
		return "", fmt.Errorf("%s_FILE: %w", name, err)
	case strings.TrimSpace(string(b)) == "":
		return "", fmt.Errorf("%s_FILE: %s is empty", name, path)
	}
	return "set in the file " + path, nil
}
