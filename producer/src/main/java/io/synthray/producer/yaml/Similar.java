package io.synthray.producer.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody may have meant. */
public final class Similar {
    private Similar() {}

    /** The word nearest to {@code word} by edit distance, if at most a third of its letters (or one) is wrong. */
    public static Optional<String> to(String word, Collection<String> words) {
        int tolerated = Math.max(1, word.length() / 3);
        return words.stream()
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= tolerated)
                .filter(candidate -> distance(word, candidate) <= tolerated)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** {@code 'word'}, and the suggestion where there is one. */
    public static String describe(String word, Collection<String> words) {
        return Excerpt.quote(word)
                + to(word, words)
                        .map(meant -> " (did you mean '" + meant + "'?)")
                        .orElse("");
    }

    /** Levenshtein's distance: insertions, deletions and replacements from one word to the other. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
