package io.synthray.producer.study;

import io.synthray.event.Distribution;
import io.synthray.event.DistributionKind;
import io.synthray.event.ElasticTransform;
import io.synthray.event.MaskTransform;
import io.synthray.event.Task;
import io.synthray.imaging.mask.Structures;
import io.synthray.imaging.transform.Elastic;
import io.synthray.producer.yaml.Field;
import io.synthray.producer.yaml.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;

/** Reads how conditioning masks are changed: a number, or the distribution that a parameter is drawn from. */
final class MaskTransformParser {
    private static final int MOST_CHOICES = 1000;
    private static final double MOST_ROTATION = 180;
    private static final double MOST_SCALE = 0.9;
    private static final double MOST_TRANSLATION = 0.5;
    private static final double MOST_SHEAR = 60;

    private static final double HALF = 0.5;

    private final Task task;
    private final List<String> targets;

    /** @param targets structures or classes of the study */
    MaskTransformParser(Task task, List<String> targets) {
        this.task = task;
        this.targets = targets;
    }

    MaskTransform parse(Field field) {
        MaskTransform.Builder masks = MaskTransform.newBuilder();
        try (Section fields = field.section()) {
            Field rotation = fields.optional("rotation");
            masks.setRotationFrom(rangeOr(rotation, MOST_ROTATION, masks::setRotation));
            Field scale = fields.optional("scale");
            masks.setScaleFrom(rangeOr(scale, MOST_SCALE, masks::setScale));
            Field translation = fields.optional("translation");
            masks.setTranslationFrom(rangeOr(translation, MOST_TRANSLATION, masks::setTranslation));
            Field shear = fields.optional("shear");
            masks.setShearFrom(rangeOr(shear, MOST_SHEAR, masks::setShear));
            flip(fields.optional("flip"), masks);
            masks.setElastic(elastic(fields.optional("elastic")));
            structures(fields, masks);
        }
        return masks.build();
    }

    /** A number is a range to both sides of zero; otherwise the distribution. */
    private static Distribution rangeOr(Field field, double most, DoubleConsumer range) {
        if (field.isMapping()) {
            return distribution(field, -most, most);
        }
        range.accept(field.number(0, most, 0));
        return null;
    }

    /** What a mirrored image shows on the left was asked for on the right: a class of one side needs the other. */
    private void flip(Field field, MaskTransform.Builder masks) {
        double probability = field.probability(0);
        // A half goes where readers of older plans look for it.
        masks.setFlip(probability == HALF);
        masks.setFlipProbability(probability == 0 || probability == HALF ? null : Double.valueOf(probability));
        if (probability > 0 && task == Task.CLASSIFICATION) {
            AugmentationParser.requireBothSides(field, targets);
        }
    }

    private void structures(Section fields, MaskTransform.Builder masks) {
        Field given = fields.optional("structures");
        Field absent = fields.optional("absent");
        List<String> as = given.present() ? structures(given, List.of()) : List.of();
        masks.setStructures(given.present() ? as : null);
        masks.setAbsent(structures(absent, as));
        Set<String> said = new HashSet<>(as);
        said.addAll(masks.getAbsent());
        if (task == Task.SEGMENTATION && given.present()) {
            targets.stream()
                    .filter(target -> !said.contains(target))
                    .forEach(target -> given.wrong(
                            "every target, here or in absent, as the mask is what a segmenter learns from",
                            "none of '" + target + "'"));
        }
    }

    private static List<String> structures(Field field, List<String> others) {
        int most = Structures.DRAWN.size();
        return field.texts(0, most, "a list of at most " + most + " structures", entry -> {
            String name = entry.word(Structures.DRAWN, "");
            if (others.contains(name)) {
                entry.wrong("structures that are not in structures", "'" + name + "'");
            }
            return name;
        });
    }

    private static ElasticTransform elastic(Field field) {
        if (!field.present()) {
            return null;
        }
        try (Section fields = field.section()) {
            return new ElasticTransform(
                    numberOr(fields.required("alpha"), 0, Elastic.MOST_ALPHA),
                    numberOr(fields.required("sigma"), Elastic.LEAST_SIGMA, Elastic.MOST_SIGMA));
        }
    }

    private static Distribution numberOr(Field field, double low, double high) {
        return field.isMapping() ? distribution(field, low, high) : fixed(field.number(low, high, high));
    }

    private static Distribution distribution(Field field, double low, double high) {
        try (Section fields = field.section()) {
            Field uniform = fields.optional("uniform");
            Field normal = fields.optional("normal");
            Field fixed = fields.optional("fixed");
            Field choice = fields.optional("choice");
            if (Stream.of(uniform, normal, fixed, choice).filter(Field::present).count() != 1) {
                field.wrong("one of uniform, normal, fixed and choice");
            }
            if (uniform.present()) {
                List<Double> ends = uniform.list(2, 2, "a list of 2 numbers", end -> end.number(low, high, low));
                return new Distribution(
                        DistributionKind.UNIFORM, ends.stream().sorted().toList());
            }
            if (normal.present()) {
                return normal(normal, low, high);
            }
            if (choice.present()) {
                String expected = "a list of 1 to " + MOST_CHOICES + " numbers";
                return new Distribution(
                        DistributionKind.CHOICE,
                        choice.list(1, MOST_CHOICES, expected, value -> value.number(low, high, low)));
            }
            return fixed(fixed.number(low, high, low));
        }
    }

    private static Distribution normal(Field field, double low, double high) {
        try (Section fields = field.section()) {
            return new Distribution(
                    DistributionKind.NORMAL,
                    List.of(
                            fields.required("mean").number(low, high, low),
                            fields.required("sd").number(0, high, 0)));
        }
    }

    private static Distribution fixed(double value) {
        return new Distribution(DistributionKind.CHOICE, List.of(value));
    }
}
