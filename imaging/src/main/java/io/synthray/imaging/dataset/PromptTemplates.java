package io.synthray.imaging.dataset;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How labels become a text prompt. Places to fill: {@code {view}} (frontal or lateral), {@code {position}} (AP, PA or nothing),
 * {@code {finding}} (the one finding, or in {@link #sentence} each in turn), {@code {findings}} (all of them), {@code {sentences}} (a
 * {@link #sentence} for each). Blanks that an empty place leaves are taken away.
 *
 * @param style which templates are used
 * @param single for a case of one finding
 * @param multiple for a case of several findings
 * @param report for a case of any finding in style {@link Style#REPORT}
 * @param sentence a report's sentence for a finding
 * @param negative for a case without finding
 */
public record PromptTemplates(
        Style style, String single, String multiple, String report, String sentence, String negative) {

    /** Which templates are used. */
    public enum Style {
        /** Every case gets the prompt of its first finding alone, or the negative one. */
        SINGLE_DISEASE,
        /** A case gets a prompt with all of its findings. */
        MULTI_DISEASE,
        /** A case gets sentences as in a report. */
        REPORT;

        /** The word for it: {@code single-disease}, {@code multi-disease} or {@code report}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The words that the sampler of this project is trained with. */
    public static final PromptTemplates STANDARD = of(Style.MULTI_DISEASE);

    /** The standard templates in a style. */
    public static PromptTemplates of(Style style) {
        return new PromptTemplates(
                style,
                "{view} chest radiograph {finding}",
                "{view} chest radiograph {findings}",
                "{position} {view} chest radiograph. {sentences}",
                "There is {finding}.",
                "{view} chest radiograph no finding");
    }

    /**
     * The prompt of a case.
     *
     * @param findings labels of the findings that are present, in the data set's order
     * @param view as {@link DatasetCase#view}
     */
    public String prompt(List<String> findings, String view) {
        List<String> words = findings.stream()
                .filter(finding -> !finding.equals(NO_FINDING))
                .map(PromptTemplates::words)
                .toList();
        String template = words.isEmpty() ? negative : template(words.size());
        String sentences =
                words.stream().map(word -> sentence.replace("{finding}", word)).collect(Collectors.joining(" "));
        return template.replace("{sentences}", sentences)
                .replace("{findings}", String.join(" ", words))
                .replace("{finding}", words.isEmpty() ? "" : words.get(0))
                .replace("{view}", view.equals("LATERAL") ? "lateral" : "frontal")
                .replace("{position}", view.equals("AP") || view.equals("PA") ? view : "")
                .strip()
                .replaceAll(" {2,}", " ");
    }

    private static final String NO_FINDING = "no-finding";

    private String template(int findings) {
        return switch (style) {
            case SINGLE_DISEASE -> single;
            case MULTI_DISEASE -> findings == 1 ? single : multiple;
            case REPORT -> report;
        };
    }

    private static String words(String label) {
        return label.replace('-', ' ').replace('_', ' ');
    }
}
