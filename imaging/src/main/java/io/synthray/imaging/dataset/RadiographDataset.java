package io.synthray.imaging.dataset;

import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.mask.Box;
import io.synthray.imaging.mask.Mask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A published data set: what a reader has listed, put on sides. */
public final class RadiographDataset implements Dataset {

    private final Listing listing;
    private final SplitRule rule;
    private final PromptTemplates prompts;
    private final List<DatasetCase> cases;
    private final int leftOut;

    private RadiographDataset(Listing listing, SplitRule rule, PromptTemplates prompts, List<List<String>> identical) {
        this.listing = listing;
        this.rule = rule;
        this.prompts = prompts;
        Sides sides = new Sides(listing, identical);
        Map<String, String> texts = new HashMap<>();
        this.cases = sides.place(rule).stream()
                .map(placed -> datasetCase(placed, texts))
                .sorted(Comparator.comparing(DatasetCase::key))
                .toList();
        this.leftOut = sides.leftOut();
    }

    /**
     * A data set of what was listed.
     *
     * @param rule how it is split where the publisher has not
     * @throws DatasetException if the listing has errors or no images, or a group is on two sides
     */
    public static RadiographDataset of(Listing listing, SplitRule rule, PromptTemplates prompts) {
        List<DatasetProblem> errors = listing.problems().stream()
                .filter(p -> p.severity() == DatasetProblem.Severity.ERROR)
                .collect(Collectors.toCollection(ArrayList::new));
        if (!listing.pixels().hasImages()) {
            errors.add(DatasetProblem.error("images", "expected a folder with images, found label files alone", null));
        }
        if (!errors.isEmpty()) {
            throw new DatasetException(errors);
        }
        return new RadiographDataset(listing, rule, prompts, listing.identical());
    }

    private DatasetCase datasetCase(Sides.Placed placed, Map<String, String> texts) {
        ListedCase listed = placed.listed();
        String prompt = listed.prompt() != null
                ? listed.prompt()
                : prompts.prompt(listed.labels().present(), listed.view());
        return new DatasetCase(
                listed.id(),
                listed.patient(),
                placed.group(),
                placed.split(),
                listed.view(),
                listed.person(),
                listed.labels(),
                texts.computeIfAbsent(prompt, p -> p));
    }

    @Override
    public Dataset apart(List<List<String>> identical) {
        Map<String, String> ids = new HashMap<>();
        listing.cases().forEach(c -> ids.put(CaseKey.of(c.id()), c.id()));
        List<List<String>> all = new ArrayList<>(listing.identical());
        for (List<String> keys : identical) {
            if (keys.size() < 2 || !ids.keySet().containsAll(keys)) {
                throw new DatasetException(DatasetProblem.error(
                        "identical images", "expected keys of two cases or more of the data set, found others", null));
            }
            all.add(keys.stream().map(ids::get).toList());
        }
        return new RadiographDataset(listing, rule, prompts, all);
    }

    /** What the reader has found. */
    public Listing listing() {
        return listing;
    }

    @Override
    public List<DatasetCase> cases() {
        return cases;
    }

    @Override
    public List<String> labels() {
        return listing.labels();
    }

    @Override
    public List<String> structures() {
        return listing.structures();
    }

    @Override
    public Grouping grouping() {
        return listing.grouping();
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(Dataset.super.warnings());
        if (leftOut > 0) {
            warnings.add(leftOut + " images are left out, since another side of the split has the same pixels");
        }
        listing.problems().stream()
                .filter(p -> p.severity() == DatasetProblem.Severity.WARNING)
                .map(DatasetProblem::withoutIds)
                .forEach(warnings::add);
        return List.copyOf(warnings);
    }

    @Override
    public GreyImage image(DatasetCase datasetCase, int side) {
        return image(datasetCase).resize(side, side);
    }

    /**
     * Reads an image as it is.
     *
     * @throws DatasetException if it cannot be read
     */
    public GreyImage image(DatasetCase datasetCase) {
        try {
            return listing.pixels().image(datasetCase.id());
        } catch (ImageFormatException e) {
            throw failure(datasetCase, e);
        }
    }

    @Override
    public Mask mask(DatasetCase datasetCase, int side) {
        if (listing.structures().isEmpty()) {
            throw new DatasetException(
                    DatasetProblem.error("masks", "expected a data set with masks, found one without", null));
        }
        try {
            GreyImage image = listing.pixels().image(datasetCase.id());
            return listing.pixels()
                    .mask(datasetCase.id(), image.width(), image.height())
                    .resize(side, side);
        } catch (ImageFormatException e) {
            throw failure(datasetCase, e);
        }
    }

    @Override
    public List<Box> boxes(DatasetCase datasetCase) {
        return listing.pixels().boxes(datasetCase.id());
    }

    @Override
    public long stamp(DatasetCase datasetCase) {
        return listing.pixels().stamp(datasetCase.id());
    }

    @Override
    public List<DatasetProblem> check() {
        return audit().problems();
    }

    @Override
    public Audit audit() {
        return new PixelAudit(cases, listing.pixels(), listing.structures()).run();
    }

    private DatasetException failure(DatasetCase datasetCase, ImageFormatException e) {
        return new DatasetException(
                DatasetProblem.error(listing.pixels().location(datasetCase.id()), e.reason(), datasetCase.key()));
    }
}
