package io.synthray.producer.study;

import io.synthray.event.Analysis;
import io.synthray.event.Arm;
import io.synthray.event.Comparison;
import io.synthray.event.FidelityPlan;
import io.synthray.event.Network;
import io.synthray.event.Recipe;
import io.synthray.event.Task;
import io.synthray.event.Training;
import io.synthray.producer.yaml.Field;
import io.synthray.producer.yaml.Problems;
import io.synthray.producer.yaml.Section;
import io.synthray.producer.yaml.Similar;
import io.synthray.schemas.id.Names;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the fields of a study file in one pass; {@code study.schema.json} says the same to editors. */
final class StudyParser {
    /** Largest integer that every JSON and YAML reader keeps exactly, 2^53 - 1. */
    static final long LARGEST_SEED = (1L << 53) - 1;

    static final int MOST = 1_000_000;
    private static final int MOST_ARMS = 100;
    static final int MOST_TARGETS = 32;
    private static final Pattern TARGET = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final String TARGET_SPELLING = "a name of lower case letters, digits and single '-'";
    private static final int LONGEST_TEXT = 2_000;

    private final Path directory;
    private final Problems problems;

    StudyParser(Path directory, Problems problems) {
        this.directory = directory;
        this.problems = problems;
    }

    StudySpec parse(Section fields) {
        try (fields) {
            String study = fields.required("study").text(Names.STUDY::matches, Names.STUDY.expected(), "");
            String title = text(fields.optional("title"), study);
            String description = text(fields.optional("description"), "");
            long seed = fields.required("seed").integer(0, LARGEST_SEED, 0);
            DatasetSpec dataset = new DatasetParser(directory).parse(fields.required("dataset"));
            Task task = fields.required("task").constant(Task.class, Task.SEGMENTATION);
            List<String> targets = targets(fields.required("targets"));
            int realImages = fields.required("real-images").integer(1, MOST, 1);
            int repeats = fields.optional("repeats").integer(1, 100, 3);
            Network network;
            Training training;
            Recipe recipe;
            try (Section model = fields.optional("model").section()) {
                network = new NetworkParser(task, directory).parse(model);
                training = training(model);
                recipe = new RecipeParser(task, targets, realImages, directory).parse(model);
            }
            Set<String> names = new HashSet<>();
            ArmParser armParser = new ArmParser(task, targets);
            List<Arm> arms = fields.required("arms")
                    .list(1, MOST_ARMS, "a list of 1 to 100 arms", field -> armParser.parse(field, names));
            List<Comparison> comparisons = comparisons(fields.optional("comparisons"), task, targets, names);
            Analysis analysis = new AnalysisParser(repeats).parse(fields.optional("analysis"));
            FidelityPlan fidelity = new FidelityParser().parse(fields.optional("fidelity"));
            return new StudySpec(
                    study,
                    title,
                    description,
                    seed,
                    dataset,
                    task,
                    targets,
                    realImages,
                    repeats,
                    network,
                    training,
                    arms,
                    comparisons,
                    analysis,
                    fidelity,
                    recipe);
        }
    }

    static String text(Field field, String otherwise) {
        return field.text(
                text -> text.codePointCount(0, text.length()) <= LONGEST_TEXT,
                "text of at most 2000 characters",
                otherwise);
    }

    private List<String> targets(Field field) {
        return field.texts(
                1,
                MOST_TARGETS,
                "a list of 1 to 32 structures or classes",
                entry -> entry.text(name -> TARGET.matcher(name).matches(), TARGET_SPELLING, ""));
    }

    private static Training training(Section fields) {
        Training usual = Defaults.training();
        return Training.newBuilder()
                .setSteps(fields.optional("steps").integer(1, MOST, usual.getSteps()))
                .setBatchSize(fields.optional("batch-size").integer(1, 1024, usual.getBatchSize()))
                .setLearningRate(fields.optional("learning-rate").numberBetween(0, 1, usual.getLearningRate()))
                .setWeightDecay(fields.optional("weight-decay").number(0, 1, usual.getWeightDecay()))
                .setStepsPerEpoch(fields.optional("steps-per-epoch").integer(1, MOST, usual.getStepsPerEpoch()))
                .build();
    }

    private List<Comparison> comparisons(Field field, Task task, List<String> targets, Set<String> arms) {
        Set<String> names = new HashSet<>();
        ComparisonParser parser = new ComparisonParser(task, targets, arms);
        return field.list(0, 1000, "a list of at most 1000 comparisons", entry -> {
            Comparison comparison = parser.parse(entry);
            if (!names.add(comparison.getName())) {
                problems.add(
                        entry.path(),
                        "a comparison of another name, or not the same twice",
                        Similar.describe(comparison.getName(), List.of()) + " a second time");
            }
            return comparison;
        });
    }
}
