// Package search finds, in the passages of study notes, the ones that answer a question.
//
// Passages cuts a note into what a person reads in a chat. An Index keeps passages in a
// Bleve index, in a folder or in memory, and answers questions about them.
//
// # How a question is answered
//
//  1. Analysis. A text becomes words: single Han characters, and Latin words with the
//     marks inside them; then terms: characters and pairs of characters, whole Latin
//     words, their parts and stems. The same analysis, registered with Bleve, reads the
//     notes and the question.
//  2. The question loses the words that only make it a question (什么是, how does).
//     Latin words that the notes hardly know are repaired from the words they do know;
//     a glossary (of the field, of the team, and what the notes explain in brackets) adds
//     what a term is called in the other language, or by other people.
//  3. First pass: BM25 over Bleve's postings, one field that holds the path, the title,
//     the beginning of the section once more, and the passage.
//  4. Second pass over the best: how much of the question a passage holds, how near
//     together, whether its title says it, and how far into its section it stands.
//  5. Passages that say the same are shown once, and a decision is made whether the best
//     is good enough to be called an answer.
//
// Everything that is derived can be deleted: an index that is damaged, or that another
// version wrote, is built again.
package search
