//go:build unix

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// command is the real program, not started yet. It is ended where it does not end by itself.
func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Args[0] = "studybot" // by which TestMain runs the program
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
	cmd.WaitDelay = time.Minute
	return cmd
}

// exitCode is what cmd ended with, -1 for a signal.
func exitCode(t *testing.T, err error) int {
	t.Helper()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if exit == nil {
		return 0
	}
	return exit.ExitCode()
}

// A batch that is interrupted leaves whole lines and says that it is not done, even while it waits
// for its next line; a terminal that is told to end has done what it was to do.
func TestInterrupted(t *testing.T) {
	tests := []struct {
		name string
		args []string
		line string
		code int
		says string // on stderr
		json bool
	}{
		{"ask", []string{"ask", "--batch", "-"}, "什么是 pod", exitFail, "studybot: interrupted\n", true},
		{"grade", []string{"grade", "--batch", "-"}, `{"id":"a","question":"why?","reference":"- one\n- two","answer":"one"}`, exitFail, "studybot: interrupted\n", true},
		{"terminal", []string{"terminal"}, "ann: /help", exitOK, "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			cmd := command(t, tt.args...)
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			in, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			go func() { _, _ = io.WriteString(in, strings.Repeat(tt.line+"\n", 100)) }() // and nothing more
			shown := bufio.NewReader(out)
			if _, err := shown.Peek(1); err != nil { // it is at work
				t.Fatal(err)
			}
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			all, err := io.ReadAll(shown)
			if err != nil {
				t.Fatal(err)
			}
			if code := exitCode(t, cmd.Wait()); code != tt.code || stderr.String() != tt.says {
				t.Errorf("exit code %d, want %d; stderr %q, want %q", code, tt.code, stderr.String(), tt.says)
			}
			for line := range strings.Lines(string(all)) {
				if tt.json && !json.Valid([]byte(line)) {
					t.Errorf("a line that was cut: %q", line)
				}
			}
		})
	}
}

// When the reader of a pipe has seen enough, the program ends as other commands do: at once, by the
// signal, and without a word.
func TestAClosedPipe(t *testing.T) {
	long := filepath.Join(t.TempDir(), "queries")
	if err := os.WriteFile(long, []byte(strings.Repeat("什么是 pod\n", 2000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"ask", "--batch", long}, {"cards", "--json"}, {"terminal"}} {
		t.Run(args[0], func(t *testing.T) {
			t.Parallel()
			cmd := command(t, args...)
			var stderr bytes.Buffer
			cmd.Stderr, cmd.Stdin = &stderr, strings.NewReader(strings.Repeat("ann: /help\n", 2000))
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			if _, err := bufio.NewReaderSize(out, 16).ReadByte(); err != nil {
				t.Fatal(err)
			}
			out.Close()
			_ = cmd.Wait()
			status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
			if !ok || status.Signal() != syscall.SIGPIPE || stderr.Len() > 0 {
				t.Errorf("ended with %v, want SIGPIPE; stderr %q", cmd.ProcessState, stderr.String())
			}
		})
	}
}
