// Package text brings Chinese, English and mixed text into one form, so that what reads
// the same compares the same.
package text

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in NFKC, lower case: full-width letters become plain ones.
func Fold(s string) string {
	return strings.ToLower(norm.NFKC.String(s))
}
