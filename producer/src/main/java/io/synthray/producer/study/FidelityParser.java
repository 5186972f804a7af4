package io.synthray.producer.study;

import io.synthray.event.FidelityPlan;
import io.synthray.producer.yaml.Field;
import io.synthray.producer.yaml.Section;
import io.synthray.schemas.plan.PlanRanges;
import java.util.regex.Pattern;

/** Reads how synthetic images are held against real ones: {@code true} for the usual embedder, or its fields. */
final class FidelityParser {
    private static final String EMBEDDER = "embedder";
    private static final String VERSION = "1";
    private static final int SAMPLE = 512;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    /** The plan of fidelity; null where the file does not want any. */
    FidelityPlan parse(Field field) {
        if (!field.present()) {
            return null;
        }
        if (!field.isMapping()) {
            return field.flag(false) ? plan(EMBEDDER, VERSION, SAMPLE) : null;
        }
        try (Section fields = field.section()) {
            return plan(
                    fields.optional("embedder")
                            .text(
                                    name -> NAME.matcher(name).matches(),
                                    "a model's name of letters, digits and '._-'",
                                    EMBEDDER),
                    fields.optional("embedder-version")
                            .text(number -> NUMBER.matcher(number).matches(), "a version's number in quotes", VERSION),
                    fields.optional("sample").integer(PlanRanges.LEAST_SAMPLE, PlanRanges.MOST_SAMPLE, SAMPLE));
        }
    }

    private static FidelityPlan plan(String embedder, String version, int sample) {
        return FidelityPlan.newBuilder()
                .setEmbedder(embedder)
                .setEmbedderVersion(version)
                .setSample(sample)
                .build();
    }
}
