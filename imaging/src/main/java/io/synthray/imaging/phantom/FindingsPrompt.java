package io.synthray.imaging.phantom;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The text prompt of an image, built from its findings: {@code frontal chest radiograph}, then {@code no finding} or the
 * findings' words in order. Words come from the closed vocabulary in {@code prompt-vocabulary.txt}, which the models are
 * trained on; labels from elsewhere may bring words that a model treats as unknown.
 */
public final class FindingsPrompt {

    private static final String VIEW = "frontal chest radiograph";
    private static final String NO_FINDING = "no finding";
    private static final String VOCABULARY = "prompt-vocabulary.txt";

    private FindingsPrompt() {}

    /**
     * The prompt for labels without sides.
     *
     * @param findings findings that are present as label names ({@code pleural-effusion}); the order is kept, so pass them in a
     *     fixed one
     */
    public static String of(Collection<String> findings) {
        if (findings.isEmpty()) {
            return VIEW + " " + NO_FINDING;
        }
        return findings.stream().map(FindingsPrompt::words).collect(Collectors.joining(" ", VIEW + " ", ""));
    }

    /** The prompt for labels by name, of which the true ones count, in the order of the map. */
    public static String of(Map<String, Boolean> labels) {
        return of(labels.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList());
    }

    /** The prompt for findings with their sides, for example {@code frontal chest radiograph left nodule edema}. */
    static String ofLateral(List<LateralFinding> findings) {
        return of(findings.stream().map(LateralFinding::words).toList());
    }

    /** The words that prompts are made of, in the order of the models' tokens. */
    public static List<String> vocabulary() {
        try (InputStream in = FindingsPrompt.class.getResourceAsStream(VOCABULARY)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("the resource " + VOCABULARY + " is part of this module", e);
        }
    }

    static String words(String label) {
        return label.replace('-', ' ').replace('_', ' ');
    }
}
