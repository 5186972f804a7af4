/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.sampler;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The words that a sampler knows. Words are parted by spaces; the case of ASCII letters does not matter, nor does one of
 * {@code . , ; :} at a word's end. These are the rules of the model's own tokenizer, which would pass over another word.
 *
 * @param words in lower case
 */
public record Vocabulary(Set<String> words) {
    private static final String PUNCTUATION = ".,;:";

    /** Copies the set. */
    public Vocabulary {
        words = Set.copyOf(words);
    }

    /** Reads words parted by white space, as the parameter {@code vocabulary} of a model has them. */
    public static Vocabulary parse(String text) {
        return new Vocabulary(Set.copyOf(Arrays.asList(text.strip().split("\\s+"))));
    }

    /** The first word of a text that is not known, as it is written there but for its case. */
    public Optional<String> unknownIn(String text) {
        return Arrays.stream(lowerCase(text).split(" ", -1))
                .filter(word -> !word.isEmpty() && !knows(word))
                .findFirst();
    }

    /** The words as the model's tokenizer lists them: each by itself and with a punctuation mark behind it. */
    public Set<String> spellings() {
        Set<String> spellings = new HashSet<>(words);
        words.forEach(word -> PUNCTUATION.chars().forEach(mark -> spellings.add(word + (char) mark)));
        return spellings;
    }

    private boolean knows(String word) {
        int last = word.length() - 1;
        return words.contains(word)
                || (PUNCTUATION.indexOf(word.charAt(last)) >= 0 && words.contains(word.substring(0, last)));
    }

    private static String lowerCase(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c);
        }
        return lower.toString();
    }
}
