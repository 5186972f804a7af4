package io.synthray.producer.study;

import io.synthray.event.Analysis;
import io.synthray.event.AnalysisKind;
import io.synthray.event.EarlyStop;
import io.synthray.producer.yaml.Field;
import io.synthray.producer.yaml.Section;
import io.synthray.schemas.plan.PlanRanges;

/** Reads the statistical plan. Fields that belong to another kind of analysis are faults: they would change nothing. */
final class AnalysisParser {
    private final int repeats;

    /** @param repeats of the study */
    AnalysisParser(int repeats) {
        this.repeats = repeats;
    }

    Analysis parse(Field field) {
        Analysis usual = Defaults.analysis();
        try (Section fields = field.section()) {
            Field kindField = fields.optional("kind");
            AnalysisKind kind = kindField.constant(AnalysisKind.class, AnalysisKind.FIXED);
            Field correction = fields.optional("correction");
            Field priorScale = fields.optional("prior-scale");
            Field earlyStop = fields.optional("early-stop");
            if (kind == AnalysisKind.FIXED) {
                priorScale.wrong("no such field for kind fixed", "one that belongs to kind sequential or open-ended");
                earlyStop.wrong("no such field for kind fixed", "one that belongs to kind sequential or open-ended");
            } else if (repeats < 2) {
                kindField.wrong("fixed where there is one repeat, or 2 repeats or more");
            }
            return Analysis.newBuilder()
                    .setAlpha(fields.optional("alpha").numberBetween(0, 1, usual.getAlpha()))
                    .setCorrection(correction.word(PlanRanges.corrections(kind), usual.getCorrection()))
                    .setKind(kind)
                    .setPriorScale(
                            kind == AnalysisKind.FIXED
                                    ? usual.getPriorScale()
                                    : priorScale.numberBetween(0, PlanRanges.PRIOR_SCALE, usual.getPriorScale()))
                    .setEarlyStop(kind == AnalysisKind.FIXED ? null : earlyStop(kind, earlyStop))
                    .build();
        }
    }

    private static EarlyStop earlyStop(AnalysisKind kind, Field field) {
        if (!field.present()) {
            return null;
        }
        try (Section fields = field.section()) {
            boolean benefit = !fields.optional("benefit").present()
                    || fields.optional("benefit").flag(true);
            Field curtailment = fields.optional("curtailment");
            Field futility = fields.optional("futility");
            if (kind == AnalysisKind.OPEN_ENDED) {
                curtailment.wrong("no such field for kind open-ended", "one that belongs to kind sequential");
            }
            if (!benefit && !futility.present()) {
                field.wrong("benefit, or a futility", "neither");
            }
            return EarlyStop.newBuilder()
                    .setBenefit(benefit)
                    .setCurtailment(
                            curtailment.present() && kind == AnalysisKind.SEQUENTIAL
                                    ? curtailment.numberBetween(PlanRanges.CURTAILMENT, 1, Defaults.CURTAILMENT)
                                    : Defaults.CURTAILMENT)
                    .setFutility(futility.present() ? (Double) futility.numberBetween(0, 1, 0.1) : null)
                    .build();
        }
    }
}
