package pattern

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

func TestPattern(t *testing.T) {
	p := New(`(\d+)-(\w)`)
	if p.re != nil {
		t.Error("it is compiled before it is used")
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if m := p.FindStringSubmatch("of 12-b"); len(m) != 3 || m[1] != "12" || m[2] != "b" {
				t.Errorf("found %q", m)
			}
		})
	}
	all.Wait()
	if got := p.ReplaceAllString("1-a 2-b", "$2"); got != "a b" {
		t.Errorf("replaced: %q", got)
	}
}

// TestAll compiles the expressions of all packages beside this one: each is a constant.
func TestAll(t *testing.T) {
	found := 0
	dirs, err := filepath.Glob("../*")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range dirs {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			continue
		}
		found += compileAll(t, dir)
	}
	if found < 100 {
		t.Errorf("%d expressions found", found)
	}
}

// compileAll compiles the expressions of the package in a folder, and returns how many there are.
func compileAll(t *testing.T, dir string) (found int) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	files := token.NewFileSet()
	var parsed []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, f)
	}
	info := types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	// What is imported is not there; constants have their values all the same.
	cfg := types.Config{Error: func(error) {}}
	cfg.Check(dir, files, parsed, &info)
	for _, f := range parsed {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 1 {
				return true
			}
			if fun, ok := call.Fun.(*ast.SelectorExpr); !ok || fun.Sel.Name != "New" || !isPattern(fun.X) {
				return true
			}
			found++
			expr := info.Types[call.Args[0]].Value
			if expr == nil || expr.Kind() != constant.String {
				t.Errorf("%s: the expression is not constant", files.Position(call.Pos()))
			} else if _, err := regexp.Compile(constant.StringVal(expr)); err != nil {
				t.Errorf("%s: %v", files.Position(call.Pos()), err)
			}
			return true
		})
	}
	return found
}

func isPattern(x ast.Expr) bool {
	id, ok := x.(*ast.Ident)
	return ok && id.Name == "pattern"
}
