package io.synthray.producer.study;

import io.synthray.event.Augmentation;
import io.synthray.imaging.mask.Structures;
import io.synthray.imaging.transform.Elastic;
import io.synthray.producer.yaml.Field;
import io.synthray.producer.yaml.Section;
import java.util.List;

/** Reads the classical augmentation of an arm. */
final class AugmentationParser {
    private final List<String> targets;

    /** @param targets structures or classes of the study */
    AugmentationParser(List<String> targets) {
        this.targets = targets;
    }

    /** Null where the arm has none. */
    Augmentation parse(Field field) {
        if (!field.present()) {
            return null;
        }
        if (field.isText()) {
            field.word(List.of("standard"), "standard");
            return Defaults.standardAugmentation();
        }
        try (Section fields = field.section()) {
            Augmentation.Builder augmentation = Augmentation.newBuilder()
                    .setRotation(fields.optional("rotation").number(0, 180, 0))
                    .setScale(fields.optional("scale").number(0, 0.9, 0))
                    .setTranslation(fields.optional("translation").number(0, 0.5, 0))
                    .setShear(fields.optional("shear").number(0, 60, 0))
                    .setBrightness(fields.optional("brightness").number(0, 1, 0))
                    .setContrast(fields.optional("contrast").number(0, 0.9, 0))
                    .setNoise(fields.optional("noise").number(0, 1, 0))
                    .setFlip(flip(fields.optional("flip")));
            elastic(fields.optional("elastic"), augmentation);
            return augmentation.build();
        }
    }

    private boolean flip(Field field) {
        boolean flip = field.flag(false);
        if (flip) {
            requireBothSides(field, targets);
        }
        return flip;
    }

    /** A mirrored left lung looks like a right one, so that both must have an output, or neither. */
    static void requireBothSides(Field flip, List<String> targets) {
        for (String target : targets) {
            String other = Structures.mirrored(target);
            if (!targets.contains(other)) {
                flip.wrong("targets that have both sides", "'%s' without '%s'".formatted(target, other));
            }
        }
    }

    private static void elastic(Field field, Augmentation.Builder augmentation) {
        if (!field.present()) {
            return;
        }
        try (Section fields = field.section()) {
            augmentation.setElasticAlpha(
                    fields.required("alpha").number(0, Elastic.MOST_ALPHA, augmentation.getElasticAlpha()));
            augmentation.setElasticSigma(fields.required("sigma")
                    .number(Elastic.LEAST_SIGMA, Elastic.MOST_SIGMA, augmentation.getElasticSigma()));
        }
    }
}
