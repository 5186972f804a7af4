package io.synthray.producer.report;

import io.synthray.event.Augmentation;
import io.synthray.event.Dataset;
import io.synthray.event.Distribution;
import io.synthray.event.ImageSetScope;
import io.synthray.event.MaskTransform;
import io.synthray.event.StudyPlan;
import io.synthray.event.SyntheticPlan;
import io.synthray.event.Task;
import io.synthray.imaging.reader.DatasetKind;
import io.synthray.producer.plan.Transforms;
import io.synthray.schemas.id.ImageSetId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A plan in words. */
final class PlanWords {
    /** A fact: its name and what it is. */
    record Fact(String name, String value) {}

    private PlanWords() {}

    static List<Fact> facts(StudyPlan plan) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Dataset", dataset(plan.getDataset())));
        facts.add(new Fact(
                "Task",
                plan.getTask() == Task.SEGMENTATION
                        ? "segmentation of " + String.join(", ", plan.getTargets()) + ", scored by Dice"
                        : "classification of " + String.join(", ", plan.getTargets()) + ", scored by F1"));
        facts.add(new Fact("Real train images", realImages(plan)));
        facts.add(new Fact(
                "Repeats", plan.getRepeats() + ", paired across arms: same real images, initial weights and order"));
        var network = plan.getNetwork();
        facts.add(new Fact(
                "Network",
                network.getScript() == null
                        ? "%s, %d channels at first, %d levels"
                                .formatted(network.getArchitecture(), network.getWidth(), network.getDepth())
                        : "%s, SHA-256 %s, beginning with weights %s"
                                .formatted(
                                        network.getArchitecture(),
                                        network.getScript().getSha256(),
                                        network.getScript().getKeepWeights() ? "of its file" : "by seed")));
        if (plan.getRecipe() != null && plan.getRecipe().getStartWeights() != null) {
            facts.add(new Fact(
                    "Start weights", "a file of SHA-256 " + plan.getRecipe().getStartWeightsSha256()));
        }
        var training = plan.getTraining();
        facts.add(new Fact(
                "Training",
                "%s of %s, %s, learning rate %s, weight decay %s; %s"
                        .formatted(
                                Numbers.count(training.getSteps(), "step"),
                                Numbers.count(training.getBatchSize(), "image"),
                                optimiser(plan),
                                Numbers.plain(training.getLearningRate()),
                                Numbers.plain(training.getWeightDecay()),
                                compute(plan))));
        facts.add(new Fact(
                "Statistics",
                AnalysisWords.of(plan.getAnalysis(), plan.getComparisons().size())));
        if (plan.getFidelity() != null) {
            facts.add(new Fact(
                    "Fidelity",
                    "features by %s version %s, against train images of patients in no repeat's subset"
                            .formatted(
                                    plan.getFidelity().getEmbedder(),
                                    plan.getFidelity().getEmbedderVersion())));
        }
        facts.add(new Fact("Seed", Long.toString(plan.getSeed())));
        return facts;
    }

    private static String optimiser(StudyPlan plan) {
        boolean plain =
                plan.getRecipe() == null || plan.getRecipe().getOptimiser().equals("adamw");
        return plain ? "AdamW" : "SGD";
    }

    /** Whether arms are matched in compute. */
    private static String compute(StudyPlan plan) {
        String others = plan.getArms().stream()
                .filter(arm -> arm.getStrategy() != null && arm.getStrategy().getSteps() != null)
                .map(arm -> "%s makes %s"
                        .formatted(
                                arm.getName(), Numbers.count(arm.getStrategy().getSteps(), "step")))
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? "equal for every arm" : "not matched in compute: " + others;
    }

    private static String realImages(StudyPlan plan) {
        int size = plan.getSubsets().isEmpty() ? 0 : plan.getSubsets().get(0).getSize();
        return size + " in each repeat, drawn anew by seed";
    }

    static String dataset(Dataset dataset) {
        String limit =
                dataset.getTestLimit() == 0 ? "" : ", at most " + Numbers.count(dataset.getTestLimit(), "test case");
        String kind = dataset.getKind().equals("phantom")
                ? "built-in procedural phantom, seed %d, %d train and %d test cases"
                        .formatted(dataset.getPhantomSeed(), dataset.getPhantomTrain(), dataset.getPhantomTest())
                : published(dataset);
        return "%s%s, resized to %d x %d pixels".formatted(kind, limit, dataset.getImageSide(), dataset.getImageSide());
    }

    private static String published(Dataset dataset) {
        String name = DatasetKind.ofWord(dataset.getKind())
                .filter(kind -> kind != DatasetKind.FOLDER)
                .map(DatasetKind::title)
                .orElse("folder of radiographs");
        String options = dataset.getOptions().stream()
                .map(option -> ", " + option.getName() + " " + option.getValue())
                .collect(Collectors.joining());
        return name + (dataset.getGrouping().isEmpty() ? "" : ", grouped by " + dataset.getGrouping()) + options;
    }

    /** Classical augmentation of an arm. */
    static String augmentation(Augmentation augmentation) {
        if (augmentation == null) {
            return "none";
        }
        List<String> parts = new ArrayList<>();
        part(parts, "rotation", augmentation.getRotation(), "\u00b0");
        part(parts, "scale", augmentation.getScale() * 100, "%");
        part(parts, "translation", augmentation.getTranslation() * 100, "%");
        part(parts, "shear", augmentation.getShear(), "\u00b0");
        part(parts, "brightness", augmentation.getBrightness() * 100, "%");
        part(parts, "contrast", augmentation.getContrast() * 100, "%");
        if (augmentation.getNoise() > 0) {
            parts.add("noise SD " + percent(augmentation.getNoise()));
        }
        if (augmentation.getElasticAlpha() > 0) {
            parts.add("elastic alpha 0 to %s px, sigma %s px"
                    .formatted(rounded(augmentation.getElasticAlpha()), rounded(augmentation.getElasticSigma())));
        }
        if (augmentation.getFlip()) {
            parts.add("half of them mirrored");
        }
        return parts.isEmpty() ? "none (all ranges are 0)" : String.join(", ", parts);
    }

    /** Synthetic images of an arm. */
    static String synthetic(SyntheticPlan synthetic) {
        if (synthetic == null) {
            return "none";
        }
        String scope = synthetic.getScope() == ImageSetScope.SHARED
                ? "shared by all repeats"
                : "for each repeat, from its own real images";
        String tolerance =
                synthetic.getTolerance() == 0 ? "" : ", of which %d may be missing".formatted(synthetic.getTolerance());
        return "%s %s%s; model %s version %s; guidance %s (text), %s (mask); %s; masks: %s"
                .formatted(
                        Numbers.count(synthetic.getImages(), "image"),
                        scope,
                        tolerance,
                        synthetic.getModel(),
                        synthetic.getModelVersion().equals(ImageSetId.VERSION_OF_REPEAT)
                                ? "of the repeat's number"
                                : synthetic.getModelVersion(),
                        Numbers.plain(synthetic.getTextGuidance()),
                        Numbers.plain(synthetic.getMaskGuidance()),
                        Numbers.count(synthetic.getPrompts().size(), "prompt"),
                        masks(synthetic.getMasks()));
    }

    private static String masks(MaskTransform masks) {
        if (masks == null) {
            return "none, text only";
        }
        List<String> parts = new ArrayList<>();
        part(parts, "rotation", masks.getRotation(), "\u00b0");
        drawn(parts, "rotation", masks.getRotationFrom(), 1, "\u00b0");
        part(parts, "scale", masks.getScale() * 100, "%");
        drawn(parts, "scale", masks.getScaleFrom(), 100, "%");
        part(parts, "translation", masks.getTranslation() * 100, "%");
        drawn(parts, "translation", masks.getTranslationFrom(), 100, "%");
        part(parts, "shear", masks.getShear(), "\u00b0");
        drawn(parts, "shear", masks.getShearFrom(), 1, "\u00b0");
        if (masks.getElastic() != null) {
            drawn(parts, "elastic alpha", masks.getElastic().getAlpha(), 1, " px");
            drawn(parts, "elastic sigma", masks.getElastic().getSigma(), 1, " px");
        }
        double flip = Transforms.flip(masks);
        if (flip > 0) {
            parts.add(percent(flip) + " of them mirrored with sides exchanged, in prompts as well");
        }
        if (parts.isEmpty()) {
            parts.add("unchanged");
        }
        if (masks.getStructures() != null) {
            parts.add("given: " + names(masks.getStructures()));
        }
        if (!masks.getAbsent().isEmpty()) {
            parts.add("given as absent: " + names(masks.getAbsent()));
        }
        return "of real images, " + String.join(", ", parts);
    }

    private static String names(List<String> structures) {
        return structures.isEmpty() ? "no structure" : String.join(" and ", structures);
    }

    private static void drawn(List<String> parts, String name, Distribution from, double factor, String unit) {
        if (from != null) {
            List<String> values = from.getValues().stream()
                    .map(value -> rounded(value * factor) + unit)
                    .toList();
            parts.add(name + " "
                    + switch (from.getKind()) {
                        case UNIFORM -> values.get(0) + " to " + values.get(1);
                        case NORMAL -> "normal, mean " + values.get(0) + ", sd " + values.get(1);
                        case CHOICE -> String.join(" or ", values);
                    });
        }
    }

    private static void part(List<String> parts, String name, double range, String unit) {
        if (range > 0) {
            parts.add(name + " \u00b1" + rounded(range) + unit);
        }
    }

    private static String percent(double fraction) {
        return rounded(fraction * 100) + "%";
    }

    /** Without the digits that binary fractions bring. */
    private static String rounded(double value) {
        return Numbers.plain(Math.round(value * 1000) / 1000.0);
    }
}
