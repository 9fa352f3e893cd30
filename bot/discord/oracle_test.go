package discord

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// specs is where the vendor's own descriptions are. Without them nothing is judged by them, and with CI set the tests fail.
const specs = "../../../shared/specs/"

// An oracle judges every request by Discord's description of its API, and the double's answers as well.
type oracle struct {
	t    testing.TB
	next http.RoundTripper
	*book
}

// A book is the description. Reading it takes time, so a request like one before is not looked up again, and of each
// kind of answers the first three are.
type book struct {
	router routers.Router

	mu      sync.Mutex
	known   map[string]bool
	answers map[string]int
}

// judge finds what is wrong with a request, unless one like it was found to be right.
func (b *book) judge(route *routers.Route, in *openapi3filter.RequestValidationInput, body []byte) (problems []string) {
	key := route.Method + " " + route.Path + " " + string(body)
	b.mu.Lock()
	known := b.known[key]
	b.mu.Unlock()
	if known || len(body) == 0 {
		return nil
	}
	if err := openapi3filter.ValidateRequest(in.Request.Context(), in); err != nil {
		problems = append(problems, err.Error())
	}
	problems = append(problems, misses(route, body)...)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.known[key] = len(problems) == 0
	return problems
}

// enough reports whether so many answers of a kind were judged.
func (b *book) enough(route *routers.Route, status int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	key := fmt.Sprint(route.Method, route.Path, status)
	b.answers[key]++
	return b.answers[key] > 3
}

var loadOracle = sync.OnceValues(func() (*book, error) {
	b, err := os.ReadFile(specs + "discord-openapi/openapi.json")
	if err != nil {
		return nil, err
	}
	doc, err := openapi3.NewLoader().LoadFromData(b)
	if err != nil {
		return nil, err
	}
	router, err := gorillamux.NewRouter(doc)
	return &book{router: router, known: map[string]bool{}, answers: map[string]int{}}, err
})

// judged is a transport with the oracle in it, where the description is at hand.
func judged(t testing.TB, next http.RoundTripper) http.RoundTripper {
	t.Helper()
	b, err := loadOracle()
	switch {
	case err == nil:
		return &oracle{t, next, b}
	case os.IsNotExist(err) && os.Getenv("CI") != "true":
		return next
	}
	t.Fatal(err)
	return nil
}

func (o *oracle) RoundTrip(req *http.Request) (*http.Response, error) {
	var body []byte
	if req.Body != nil {
		body, _ = io.ReadAll(req.Body)
		req.Body = io.NopCloser(bytes.NewReader(body))
	}
	judgedReq := req.Clone(req.Context())
	judgedReq.URL = &url.URL{Scheme: "https", Host: "discord.com", Path: req.URL.Path, RawPath: req.URL.RawPath, RawQuery: req.URL.RawQuery}
	judgedReq.Host = "discord.com"
	judgedReq.Body = io.NopCloser(bytes.NewReader(body))
	route, params, err := o.router.FindRoute(judgedReq)
	if err != nil {
		o.t.Errorf("%s %s: Discord has no such address: %v", req.Method, req.URL.Path, err)
		return o.next.RoundTrip(req)
	}
	in := &openapi3filter.RequestValidationInput{
		Request: judgedReq, PathParams: params, Route: route,
		Options: &openapi3filter.Options{
			AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, SkipSettingDefaults: true, RejectWhenRequestBodyNotSpecified: true,
		},
	}
	for _, problem := range o.judge(route, in, body) {
		o.t.Errorf("%s %s: %s\n%s", req.Method, req.URL.Path, problem, body)
	}
	if req.Header.Get("Authorization") == "" {
		o.t.Errorf("%s %s: no authorization", req.Method, req.URL.Path)
	}
	resp, err := o.next.RoundTrip(req)
	if err != nil || resp.StatusCode >= 400 || o.enough(route, resp.StatusCode) {
		return resp, err
	}
	b, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	resp.Body = io.NopCloser(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: resp.StatusCode, Header: resp.Header}
	out.SetBodyBytes(b)
	if err := openapi3filter.ValidateResponse(req.Context(), out); err != nil {
		o.t.Errorf("%s %s: the double answers what Discord would not: %v\n%s", req.Method, req.URL.Path, err, b)
	}
	return resp, nil
}

// misses finds what the description does not say: unknown fields, and limits.
func misses(route *routers.Route, body []byte) (problems []string) {
	if len(body) == 0 {
		return nil
	}
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		return []string{err.Error()}
	}
	if rb := route.Operation.RequestBody; rb != nil {
		if media := rb.Value.Content.Get("application/json"); media != nil {
			problems = unknown(openapi3.SchemaRefs{media.Schema}, v, "")
		}
	}
	return append(problems, overLimits(v)...)
}

// unknown finds the fields that no schema of an object knows.
func unknown(schemas openapi3.SchemaRefs, v any, at string) (problems []string) {
	all := flat(schemas, 0)
	switch v := v.(type) {
	case []any:
		var items openapi3.SchemaRefs
		for _, s := range all {
			if s.Items != nil {
				items = append(items, s.Items)
			}
		}
		for i, e := range v {
			problems = append(problems, unknown(items, e, fmt.Sprintf("%s[%d]", at, i))...)
		}
	case map[string]any:
		for key, e := range v {
			var of openapi3.SchemaRefs
			open := false
			for _, s := range all {
				if p := s.Properties[key]; p != nil {
					of = append(of, p)
				}
				open = open || s.AdditionalProperties.Schema != nil || s.AdditionalProperties.Has != nil && *s.AdditionalProperties.Has
			}
			switch {
			case len(of) > 0:
				problems = append(problems, unknown(of, e, at+"."+key)...)
			case !open:
				problems = append(problems, "unknown field "+at+"."+key)
			}
		}
	}
	return problems
}

// flat are the schemas and what they are made of.
func flat(refs openapi3.SchemaRefs, depth int) (all []*openapi3.Schema) {
	for _, r := range refs {
		if r == nil || r.Value == nil || depth > 8 {
			continue
		}
		all = append(all, r.Value)
		for _, of := range []openapi3.SchemaRefs{r.Value.AllOf, r.Value.AnyOf, r.Value.OneOf} {
			all = append(all, flat(of, depth+1)...)
		}
	}
	return all
}

var slashName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// overLimits checks what Discord's documentation says in words.
func overLimits(v any) (problems []string) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			problems = append(problems, overLimits(e)...)
		}
	case map[string]any:
		longest := map[string]int{"content": 2000, "nonce": 25}
		if _, isForm := v["title"]; isForm && v["custom_id"] != nil {
			longest["title"] = 45
		}
		for key, most := range longest {
			if s, ok := v[key].(string); ok && utf16Length(s) > most {
				problems = append(problems, fmt.Sprintf("%s has more than %d characters", key, most))
			}
		}
		if embeds, ok := v["embeds"].([]any); ok {
			problems = append(problems, embedLimits(embeds)...)
		}
		if rows, ok := v["components"].([]any); ok && len(rows) > 5 {
			problems = append(problems, "more than five of components")
		}
		if _, isOption := v["description"]; isOption && v["type"] != nil {
			if name, _ := v["name"].(string); !slashName.MatchString(name) || name != strings.ToLower(name) {
				problems = append(problems, "no name of a command: "+name)
			}
			names, _ := v["name_localizations"].(map[string]any)
			for _, name := range names {
				if name := fmt.Sprint(name); !slashName.MatchString(name) || name != strings.ToLower(name) {
					problems = append(problems, "no name of a command: "+name)
				}
			}
		}
		for _, e := range v {
			problems = append(problems, overLimits(e)...)
		}
	}
	return problems
}

func embedLimits(embeds []any) (problems []string) {
	sum := 0
	for _, e := range embeds {
		e, _ := e.(map[string]any)
		footer, _ := e["footer"].(map[string]any)
		for _, part := range []struct {
			text any
			most int
		}{{e["title"], 256}, {e["description"], 4096}, {footer["text"], 2048}} {
			s, _ := part.text.(string)
			sum += utf16Length(s)
			if utf16Length(s) > part.most {
				problems = append(problems, fmt.Sprintf("more than %d characters in an embed", part.most))
			}
		}
	}
	if sum > 6000 {
		problems = append(problems, "more than 6,000 characters in embeds")
	}
	return problems
}

// outgoingProblems are the limits that a message breaks.
func outgoingProblems(out outgoing) []string {
	b, err := json.Marshal(out)
	if err != nil {
		return []string{err.Error()}
	}
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		return []string{err.Error()}
	}
	return overLimits(v)
}

// A spy is a test that fails in secret.
type spy struct {
	testing.TB
	errors []string
}

func (s *spy) Helper() {}
func (s *spy) Errorf(format string, args ...any) {
	s.errors = append(s.errors, fmt.Sprintf(format, args...))
}

// The oracle sees what is wrong with a request.
func TestOracle(t *testing.T) {
	d := newDouble(t)
	messages := "/channels/" + testChannel + "/messages"
	for _, tt := range []struct {
		name, method, path, body, want string
	}{
		{"a message", "POST", messages, `{"content":"x","allowed_mentions":{"parse":[],"replied_user":false}}`, ""},
		{"an unknown field", "POST", messages, `{"content":"x","contents":"y"}`, "unknown field .contents"},
		{"an unknown field within", "POST", messages, `{"embeds":[{"description":"x","colour":1}]}`, "unknown field .embeds[0].colour"},
		{"a long text", "POST", messages, `{"content":"` + strings.Repeat("x", 2001) + `"}`, "more than 2000"},
		{"long embeds", "POST", messages, `{"embeds":[{"description":"` + strings.Repeat("x", 4000) + `"},{"description":"` + strings.Repeat("y", 2001) + `"}]}`, "6,000"},
		{"a text that is a number", "POST", messages, `{"content":7}`, "content"},
		{"a name in capitals", "PUT", "/applications/" + testBot + "/commands", `[{"type":1,"name":"Study","description":"x","contexts":[0],"default_member_permissions":null}]`, "no name of a command"},
		{"an address that is none", "POST", "/channels/" + testChannel + "/message", `{}`, "no such address"},
	} {
		s := &spy{TB: t}
		n := d.network(s, nil)
		err := n.call(t.Context(), tt.method, "https://discord.com/api/v9"+tt.path, json.RawMessage(tt.body), nil)
		if _, ok := n.session.Client.Transport.(*transport).next.(*oracle); !ok {
			t.Skip("no description at hand")
		}
		if got := strings.Join(s.errors, "\n"); tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
			t.Errorf("%s: got %q, want %q (%v)", tt.name, got, tt.want, err)
		}
	}
}
