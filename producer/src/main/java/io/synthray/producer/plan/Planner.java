package io.synthray.producer.plan;

import io.synthray.event.MaskTransform;
import io.synthray.event.StudyPlan;
import io.synthray.event.Task;
import io.synthray.imaging.dataset.Audit;
import io.synthray.imaging.dataset.Dataset;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.dataset.RealSubset;
import io.synthray.imaging.dataset.Split;
import io.synthray.imaging.mask.Structures;
import io.synthray.imaging.random.RepeatSeeds;
import io.synthray.producer.study.InvalidStudyException;
import io.synthray.producer.study.StudyFile;
import io.synthray.producer.study.StudySpec;
import io.synthray.producer.yaml.Problems;
import java.util.ArrayList;
import java.util.List;

/** Turns a study file into a plan: looks at the dataset and chooses the real images of each repeat. */
public final class Planner {
    private static final int SHOWN = 20;

    /**
     * The plan of a study.
     *
     * @throws InvalidStudyException when the dataset cannot be read or does not have what the file asks for; every fault names
     *     the field that asks
     */
    public PlannedStudy plan(StudyFile file) {
        StudySpec spec = file.spec();
        Problems problems = file.problems();
        List<String> warnings = new ArrayList<>();
        Dataset dataset;
        Audit audit;
        try {
            Dataset opened = Datasets.open(spec.dataset());
            audit = opened.audit();
            report(audit.problems(), problems, warnings);
            dataset = opened.apart(audit.identical());
            warnings.addAll(dataset.warnings());
        } catch (DatasetException e) {
            report(e.problems(), problems, warnings);
            throw new InvalidStudyException(problems.sorted());
        }
        check(spec, dataset, problems);
        if (!problems.isEmpty()) {
            throw new InvalidStudyException(problems.sorted());
        }
        List<RealSubset> subsets = subsets(spec, dataset, problems);
        ReferenceImages references = ReferenceImages.of(
                dataset,
                spec.dataset().side(),
                subsets.stream().map(RealSubset::cases).toList());
        if (spec.fidelity() != null && references.heldOut().size() < ReferenceImages.FEWEST_HELD_OUT) {
            problems.add(
                    "fidelity",
                    "at least %d train images of patients that are in no repeat's subset"
                            .formatted(ReferenceImages.FEWEST_HELD_OUT),
                    "" + references.heldOut().size());
            throw new InvalidStudyException(problems.sorted());
        }
        return plan(spec, dataset, audit.identical(), subsets, references, warnings);
    }

    /**
     * The requests of a plan that has been published, for a reader who has its dataset.
     *
     * @throws DatasetException when the dataset cannot be read
     */
    public GenerationRequests requests(StudyPlan plan) {
        Dataset dataset = Datasets.open(plan.getDataset());
        List<List<DatasetCase>> cases = plan.getSubsets().stream()
                .map(subset -> choose(dataset, plan.getTask(), plan.getTargets(), subset.getSize(), subset.getSeed())
                        .cases())
                .toList();
        return new GenerationRequests(plan, dataset, cases);
    }

    private static void report(List<DatasetProblem> found, Problems problems, List<String> warnings) {
        List<DatasetProblem> errors = found.stream()
                .filter(p -> p.severity() == DatasetProblem.Severity.ERROR)
                .toList();
        errors.stream()
                .limit(SHOWN)
                .forEach(p -> problems.add("dataset.path", "a data set without faults", describe(p)));
        if (errors.size() > SHOWN) {
            problems.add("dataset.path", "a data set without faults", "%d more".formatted(errors.size() - SHOWN));
        }
        found.stream()
                .filter(p -> p.severity() == DatasetProblem.Severity.WARNING)
                .map(Planner::describe)
                .forEach(warnings::add);
    }

    private static String describe(DatasetProblem problem) {
        return problem.location() + ": " + problem.message();
    }

    private static void check(StudySpec spec, Dataset dataset, Problems problems) {
        boolean segmentation = spec.task() == Task.SEGMENTATION;
        List<String> offered = segmentation ? dataset.structures() : dataset.labels();
        String kind = segmentation ? "structure" : "class";
        for (int i = 0; i < spec.targets().size(); i++) {
            String target = spec.targets().get(i);
            if (!offered.contains(target)) {
                problems.add(
                        "targets[" + i + "]",
                        offered.isEmpty()
                                ? "a data set with " + (segmentation ? "masks" : "labels")
                                : "a %s of the data set (%s)".formatted(kind, String.join(", ", offered)),
                        "'" + target + "'");
            }
        }
        int train = dataset.cases(Split.TRAIN).size();
        if (train < spec.realImages()) {
            problems.add("real-images", "at most the data set's " + train + " train cases", "" + spec.realImages());
        }
        if (dataset.testCases(spec.dataset().testLimit()).isEmpty()) {
            problems.add("dataset", "a data set with test cases", "none");
        }
        for (int i = 0; i < spec.arms().size(); i++) {
            var synthetic = spec.arms().get(i).getSynthetic();
            if (synthetic != null && synthetic.getMasks() != null) {
                String field = "arms[" + i + "].synthetic.masks";
                if (dataset.structures().isEmpty()) {
                    problems.add(field, "a data set with masks", "one without");
                } else {
                    checkMasks(spec, synthetic.getMasks(), dataset.structures(), field, problems);
                }
            }
        }
    }

    private static void checkMasks(
            StudySpec spec, MaskTransform masks, List<String> offered, String field, Problems problems) {
        List<String> given = masks.getStructures();
        for (int i = 0; given != null && i < given.size(); i++) {
            if (!offered.contains(given.get(i))) {
                problems.add(
                        field + ".structures[" + i + "]",
                        "a structure of the data set (%s)".formatted(String.join(", ", offered)),
                        "'" + given.get(i) + "'");
            }
        }
        // A mirrored mask has a left lung only where the case has a right one.
        if (Transforms.flip(masks) > 0) {
            List<String> wanted = given != null ? given : spec.task() == Task.SEGMENTATION ? spec.targets() : List.of();
            wanted.stream()
                    .filter(name -> offered.contains(name) && !offered.contains(Structures.mirrored(name)))
                    .forEach(name -> problems.add(
                            field + ".flip",
                            "a data set that has both sides of '" + name + "'",
                            "none of '" + Structures.mirrored(name) + "'"));
        }
    }

    private static List<RealSubset> subsets(StudySpec spec, Dataset dataset, Problems problems) {
        List<RealSubset> subsets = new ArrayList<>();
        for (int repeat = 1; repeat <= spec.repeats(); repeat++) {
            long seed = RepeatSeeds.of(spec.seed(), repeat).subset();
            try {
                subsets.add(choose(dataset, spec.task(), spec.targets(), spec.realImages(), seed));
            } catch (DatasetException e) {
                problems.add("real-images", "a number of images that can be drawn", e.getMessage());
                throw new InvalidStudyException(problems.sorted());
            }
        }
        return subsets;
    }

    private static RealSubset choose(Dataset dataset, Task task, List<String> targets, int size, long seed) {
        return task == Task.CLASSIFICATION
                ? RealSubset.choose(dataset, size, seed, targets)
                : RealSubset.choose(dataset, size, seed);
    }

    private static PlannedStudy plan(
            StudySpec spec,
            Dataset dataset,
            List<List<String>> identical,
            List<RealSubset> subsets,
            ReferenceImages references,
            List<String> warnings) {
        List<io.synthray.event.RealSubset> planned = new ArrayList<>();
        for (int repeat = 1; repeat <= subsets.size(); repeat++) {
            planned.add(io.synthray.event.RealSubset.newBuilder()
                    .setRepeat(repeat)
                    .setSize(spec.realImages())
                    .setSeed(RepeatSeeds.of(spec.seed(), repeat).subset())
                    .setDigest(subsets.get(repeat - 1).digest())
                    .build());
        }
        StudyPlan plan = StudyPlan.newBuilder()
                .setStudy(spec.study())
                .setTitle(spec.title())
                .setDescription(spec.description())
                .setSeed(spec.seed())
                .setDataset(Datasets.planned(spec.dataset(), dataset, identical))
                .setTask(spec.task())
                .setTargets(spec.targets())
                .setRepeats(spec.repeats())
                .setSubsets(planned)
                .setNetwork(spec.network())
                .setTraining(spec.training())
                .setRecipe(spec.recipe())
                .setArms(spec.arms())
                .setComparisons(spec.comparisons())
                .setAnalysis(spec.analysis())
                .setFidelity(spec.fidelity())
                .build();
        List<List<DatasetCase>> cases = subsets.stream().map(RealSubset::cases).toList();
        return new PlannedStudy(plan, new GenerationRequests(plan, dataset, cases), references, warnings);
    }
}
