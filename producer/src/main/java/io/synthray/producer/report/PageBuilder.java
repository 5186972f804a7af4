package io.synthray.producer.report;

import io.synthray.event.Control;
import io.synthray.event.ImageSetState;
import io.synthray.event.PatientBootstrap;
import io.synthray.event.Statistics;
import io.synthray.event.StudyPlan;
import io.synthray.event.StudyState;
import io.synthray.event.Task;
import io.synthray.event.TrialCounts;
import io.synthray.event.TrialProvenance;
import io.synthray.event.TrialResult;
import io.synthray.imaging.dataset.Grouping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts a study's results into words for the page. */
final class PageBuilder {
    private static final String MINUS = "\u2212";

    /** A hyphen that stands for minus: before a number, or between blanks; not within a name, not alone in a cell. */
    private static final Pattern MINUS_SIGN = Pattern.compile("(?<![\\w.+-])-(?=[0-9])|(?<= )-(?= )");

    private final StudyResults results;
    private final StudyPlan plan;
    private final RealCases real;

    PageBuilder(StudyResults results, RealCases real) {
        this.results = results;
        this.plan = results.study().getPlan();
        this.real = real;
    }

    Page build(String version) {
        List<Gallery.Wall> walls = new Gallery(results, real).walls();
        FidelityTable fidelity = new FidelityTable(results);
        boolean folder = !plan.getDataset().getKind().equals("phantom");
        return new Page(
                plan.getTitle(),
                plan.getStudy(),
                plan.getDescription(),
                phaseWord(),
                standing(),
                limits(),
                results.statistics().stream().map(this::finding).toList(),
                results.statistics().stream().map(this::row).toList(),
                results.statistics().stream().anyMatch(s -> s.getPSignFlip() != null),
                ForestPlot.svg(results.statistics()),
                PlanWords.facts(plan),
                plan.getArms().stream()
                        .map(arm -> new Page.ArmWords(
                                arm.getName(),
                                arm.getDescription(),
                                PlanWords.augmentation(arm.getAugmentation()),
                                PlanWords.synthetic(arm.getSynthetic()),
                                arm.getSynthetic() == null
                                        ? List.of()
                                        : labels(label -> label.appliesTo(arm.getSynthetic()))))
                        .toList(),
                MetricTables.metricWord(plan),
                new MetricTables(results).byRepeat(),
                new MetricTables(results).byTarget(),
                fidelity.wanted(),
                FidelityTable.COLUMNS,
                fidelity.wanted() ? fidelity.rows() : List.of(),
                fidelity.wanted() ? fidelity.notes() : List.of(),
                results.subgroups().stream().map(SubgroupTable::of).toList(),
                structures(),
                walls,
                folder
                        && real.present()
                        && walls.stream().anyMatch(wall -> !wall.rows().isEmpty()),
                provenance(),
                warnings(),
                version);
    }

    private String phaseWord() {
        return switch (results.phase()) {
            case SUBMITTING -> "being submitted";
            case RUNNING -> "running";
            case COMPLETE -> "complete";
            case FAILED -> "failed";
        };
    }

    private String standing() {
        if (results.state().isEmpty()) {
            return "No evaluator has spoken of this study yet, so that there are no results.";
        }
        TrialCounts trials = results.state().get().getTrials();
        String counts =
                "%d of %s completed".formatted(trials.getCompleted(), Numbers.count(trials.getPlanned(), "trial"));
        return switch (results.phase()) {
            case COMPLETE ->
                "All " + Numbers.count(trials.getPlanned(), "trial") + " completed; the numbers are final.";
            case FAILED ->
                counts
                        + ", %d failed, %d skipped; comparisons without all of their pairs have no P."
                                .formatted(trials.getFailed(), trials.getSkipped());
            case SUBMITTING, RUNNING -> counts + " so far; the numbers are those of an unfinished study.";
        };
    }

    private List<String> limits() {
        List<String> limits = new ArrayList<>();
        if (plan.getDataset().getKind().equals("phantom")) {
            limits.add(
                    "The radiographs are procedural phantoms. The numbers show that the experiment works from end to end; they"
                            + " say nothing about patients.");
        }
        limits.add(
                "With %s the interval is wide and a real effect is easily missed: \u201cnot shown\u201d is no proof of equality."
                        .formatted(Numbers.count(plan.getRepeats(), "repeat")));
        limits.add(
                "Repeats vary the real training images, the synthetic images where each repeat has its own, and seeds. They share"
                        + " one dataset and its test cases, so that the inference does not extend to other hospitals or devices.");
        limits.add(
                "Intervals are two-sided 95% and are not corrected for the number of comparisons; the corrected P values are.");
        return limits;
    }

    private Page.Finding finding(Statistics s) {
        return new Page.Finding(
                hypothesis(s) + ", " + StatisticsTable.metric(s.getPlan()),
                type(s),
                Verdict.of(s).word(),
                minus(Verdict.sentence(plan.getAnalysis(), s) + patients(s)),
                labels(label -> label.appliesTo(s)));
    }

    /** The interval that speaks of new patients. */
    private static String patients(Statistics s) {
        PatientBootstrap patients = s.getPatients();
        return patients == null
                ? ""
                : " For new patients too (%d repeats and %d test patients drawn anew, BCa): 95%% interval %s."
                        .formatted(
                                patients.getRepeats(),
                                patients.getPatients(),
                                Numbers.interval(patients.getLow(), patients.getHigh()));
    }

    private static List<Page.LabelWords> labels(Predicate<Label> applies) {
        return Arrays.stream(Label.values())
                .filter(applies)
                .map(label -> new Page.LabelWords(label.word(), label.meaning()))
                .toList();
    }

    private static String type(Statistics s) {
        return switch (Verdict.of(s)) {
            case BETTER, NO_WORSE -> "good";
            case WORSE -> "bad";
            case NOT_SHOWN, NO_TEST, WAITING, INCOMPLETE -> "open";
        };
    }

    private Page.Row row(Statistics s) {
        return new Page.Row(
                hypothesis(s),
                StatisticsTable.metric(s.getPlan()),
                s.getPairs().size() + "/" + s.getPlanned(),
                minus(Numbers.signed(s.getMeanDifference())),
                minus(Numbers.interval(s.getCiLow(), s.getCiHigh())),
                minus(Numbers.statistic(s.getT())),
                s.getDf() == null ? Numbers.NONE : s.getDf().toString(),
                Numbers.p(s.getPOneTailed()),
                Numbers.p(AnalysisWords.correctedP(plan.getAnalysis(), s)),
                signFlips(s),
                Verdict.of(s).word(),
                type(s));
    }

    private static String signFlips(Statistics s) {
        return s.getPSignFlip() == null
                ? Numbers.NONE
                : "%s (%s)".formatted(Numbers.p(s.getPSignFlip()), Numbers.p(s.getSignFlipFloor()));
    }

    /** Its bound never alone on a line. */
    private static String hypothesis(Statistics s) {
        return minus(StatisticsTable.subject(s.getPlan())).replace(" > ", "\u00a0>\u00a0");
    }

    private static String minus(String text) {
        return MINUS_SIGN.matcher(text).replaceAll(MINUS);
    }

    private List<Page.Structure> structures() {
        List<Page.Structure> structures = new ArrayList<>();
        if (plan.getTask() == Task.SEGMENTATION) {
            for (int i = 0; i < plan.getTargets().size(); i++) {
                structures.add(new Page.Structure(plan.getTargets().get(i), Picture.colour(i)));
            }
        }
        return structures;
    }

    private List<PlanWords.Fact> provenance() {
        List<PlanWords.Fact> facts = new ArrayList<>();
        facts.add(new PlanWords.Fact("Plan hash", results.study().getPlanHash()));
        facts.add(new PlanWords.Fact("Dataset fingerprint", plan.getDataset().getFingerprint()));
        for (Map.Entry<StudyResults.Generator, Long> made : results.generators().entrySet()) {
            StudyResults.Generator generator = made.getKey();
            facts.add(new PlanWords.Fact(
                    "Generator of " + Numbers.count(made.getValue(), "image"),
                    "model %s, version %s, weights SHA-256 %s, server %s"
                            .formatted(
                                    generator.model(),
                                    generator.version(),
                                    generator.weightsSha256(),
                                    generator.server())));
        }
        boolean synthetic = plan.getArms().stream().anyMatch(arm -> arm.getSynthetic() != null);
        if (synthetic && results.generators().isEmpty()) {
            facts.add(new PlanWords.Fact("Generator", "the topic of images holds no events of this study (any more)"));
        }
        provenance(facts, "Training engine", TrialProvenance::getEngine);
        provenance(facts, "Version of the trainers", TrialProvenance::getSynthray);
        provenance(facts, "Test cases", p -> Integer.toString(p.getTestImages()));
        results.state().ifPresent(state -> state.getImageSets().stream()
                .filter(set -> set.getDigest() != null)
                .forEach(set -> facts.add(new PlanWords.Fact(
                        "Manifest of %s/%s".formatted(set.getArm(), set.getImageSet()), set.getDigest()))));
        return facts;
    }

    private void provenance(List<PlanWords.Fact> facts, String name, Function<TrialProvenance, String> field) {
        Set<String> values = results.trials().values().stream()
                .map(TrialResult::getProvenance)
                .filter(Objects::nonNull)
                .map(field)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!values.isEmpty()) {
            facts.add(new PlanWords.Fact(name, String.join("; ", values)));
        }
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        Optional<String> grouping =
                Grouping.ofWord(plan.getDataset().getGrouping()).flatMap(Grouping::warning);
        grouping.ifPresent(warnings::add);
        real.warnings().stream().filter(warning -> !warnings.contains(warning)).forEach(warnings::add);
        results.state().ifPresent(state -> {
            warnings.addAll(state.getNotes());
            counts(state, warnings);
        });
        for (Control control : results.controls()) {
            warnings.add("%s of %s by %s: %s"
                    .formatted(control.getWord(), control.getArm(), control.getIssuer(), control.getReason()));
        }
        return warnings;
    }

    private static void counts(StudyState state, List<String> warnings) {
        for (ImageSetState set : state.getImageSets()) {
            if (set.getFailure() != null) {
                warnings.add("%s/%s cannot be frozen: %s".formatted(set.getArm(), set.getImageSet(), set.getFailure()));
            }
            if (set.getSkipped() > 0) {
                warnings.add("%s/%s: %d of %d requests were skipped"
                        .formatted(set.getArm(), set.getImageSet(), set.getSkipped(), set.getPlanned()));
            }
        }
        if (state.getRepublished() > 0) {
            warnings.add("%s published again, since the workers' group had passed them by without an answer"
                    .formatted(Numbers.count(state.getRepublished(), "record")));
        }
    }
}
