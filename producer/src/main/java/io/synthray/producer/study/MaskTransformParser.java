package io.synthray.producer.study;

import io.synthray.event.Distribution;
import io.synthray.event.DistributionKind;
import io.synthray.event.ElasticTransform;
import io.synthray.event.MaskTransform;
import io.synthray.imaging.transform.Elastic;
import io.synthray.producer.yaml.Field;
import io.synthray.producer.yaml.Section;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;

/** Reads how conditioning masks are changed: a number, or the distribution that a parameter is drawn from. */
final class MaskTransformParser {
    private static final int MOST_CHOICES = 1000;
    private static final double MOST_ROTATION = 180;
    private static final double MOST_SCALE = 0.9;
    private static final double MOST_TRANSLATION = 0.5;
    private static final double MOST_SHEAR = 60;

    private MaskTransformParser() {}

    static MaskTransform parse(Field field) {
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
            masks.setFlip(fields.optional("flip").flag(false));
            masks.setElastic(elastic(fields.optional("elastic")));
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
