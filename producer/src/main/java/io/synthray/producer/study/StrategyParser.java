package io.synthray.producer.study;

import io.synthray.event.Strategy;
import io.synthray.event.SyntheticUse;
import io.synthray.producer.yaml.Field;
import io.synthray.producer.yaml.Section;

/** Reads what an arm does with its images. */
final class StrategyParser {
    private static final double LEAST = 0.01;
    private static final double MOST = 0.99;

    private StrategyParser() {}

    /**
     * The strategy; null where the file does not say.
     *
     * @param synthetic whether the arm has synthetic images
     */
    static Strategy parse(Field field, boolean synthetic) {
        if (!field.present()) {
            return null;
        }
        Strategy usual = Strategy.newBuilder().build();
        try (Section fields = field.section()) {
            Field use = fields.optional("synthetic");
            SyntheticUse stated = use.constant(SyntheticUse.class, usual.getUse());
            if (stated != SyntheticUse.MIX && !synthetic) {
                use.wrong("synthetic images in this arm");
            }
            Field share = fields.optional("real-share");
            Field steps = fields.optional("steps");
            return Strategy.newBuilder()
                    .setUse(stated)
                    .setRealShare(share.present() ? share.number(LEAST, MOST, LEAST) : null)
                    .setSyntheticWeight(
                            fields.optional("synthetic-weight").number(0.001, 1000, usual.getSyntheticWeight()))
                    .setPretraining(fields.optional("pretraining").number(LEAST, MOST, usual.getPretraining()))
                    .setOversampling(fields.optional("oversampling").flag(usual.getOversampling()))
                    .setSteps(steps.present() ? steps.integer(1, StudyParser.MOST, 1) : null)
                    .build();
        }
    }
}
