package io.synthray.producer.plan;

import io.synthray.imaging.transform.Distribution;
import io.synthray.imaging.transform.Elastic;
import io.synthray.imaging.transform.MaskTransform;
import java.util.List;
import java.util.Optional;

/** A plan's change of masks as it is carried out. */
public final class Transforms {
    private static final double HALF = 0.5;

    private Transforms() {}

    static MaskTransform of(io.synthray.event.MaskTransform plan) {
        return new MaskTransform(
                drawn(plan.getRotationFrom(), plan.getRotation()),
                drawn(plan.getScaleFrom(), plan.getScale()),
                drawn(plan.getTranslationFrom(), plan.getTranslation()),
                drawn(plan.getShearFrom(), plan.getShear()),
                flip(plan),
                Optional.ofNullable(plan.getElastic())
                        .map(elastic -> new Elastic(read(elastic.getAlpha()), read(elastic.getSigma()))));
    }

    /** Probability that a mask is mirrored, 0 to 1. */
    public static double flip(io.synthray.event.MaskTransform plan) {
        if (plan.getFlipProbability() != null) {
            return plan.getFlipProbability();
        }
        return plan.getFlip() ? HALF : 0;
    }

    private static Distribution drawn(io.synthray.event.Distribution distribution, double range) {
        return distribution == null ? Distribution.within(range) : read(distribution);
    }

    private static Distribution read(io.synthray.event.Distribution plan) {
        List<Double> values = plan.getValues();
        return switch (plan.getKind()) {
            case UNIFORM -> new Distribution.Uniform(values.get(0), values.get(1));
            case NORMAL -> new Distribution.Normal(values.get(0), values.get(1));
            case CHOICE -> new Distribution.Choice(values);
        };
    }
}
