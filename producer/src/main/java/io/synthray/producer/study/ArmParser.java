package io.synthray.producer.study;

import io.synthray.event.Arm;
import io.synthray.event.ImageSetScope;
import io.synthray.event.MaskTransform;
import io.synthray.event.Prompt;
import io.synthray.event.SyntheticPlan;
import io.synthray.event.Task;
import io.synthray.imaging.phantom.FindingsPrompt;
import io.synthray.producer.yaml.Field;
import io.synthray.producer.yaml.Section;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.Names;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one arm. */
final class ArmParser {
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}|" + ImageSetId.VERSION_OF_REPEAT);
    private static final int MOST_IMAGES = 1_000_000;

    private final Task task;
    private final List<String> targets;

    ArmParser(Task task, List<String> targets) {
        this.task = task;
        this.targets = targets;
    }

    /** @param names of the arms so far; the arm's own is added */
    Arm parse(Field field, Set<String> names) {
        try (Section fields = field.section()) {
            Field name = fields.required("name");
            String text = name.text(Names.ARM::matches, Names.ARM.expected(), "");
            if (name.isText() && !names.add(text)) {
                name.wrong("a name that no other arm has", "'" + text + "' a second time");
            }
            SyntheticPlan synthetic = synthetic(fields.optional("synthetic"));
            return Arm.newBuilder()
                    .setName(text)
                    .setDescription(StudyParser.text(fields.optional("description"), ""))
                    .setAugmentation(new AugmentationParser(targets).parse(fields.optional("augmentation")))
                    .setSynthetic(synthetic)
                    .setStrategy(StrategyParser.parse(fields.optional("strategy"), synthetic != null))
                    .build();
        }
    }

    private SyntheticPlan synthetic(Field field) {
        if (!field.present()) {
            return null;
        }
        try (Section fields = field.section()) {
            int images = fields.required("images").integer(1, MOST_IMAGES, 1);
            Field tolerance = fields.optional("tolerance");
            int missing = tolerance.integer(0, MOST_IMAGES, 0);
            if (missing >= images && missing > 0) {
                tolerance.wrong("fewer than the arm's images");
            }
            ImageSetScope scope = fields.optional("image-sets").constant(ImageSetScope.class, ImageSetScope.PER_REPEAT);
            return SyntheticPlan.newBuilder()
                    .setScope(scope)
                    .setImages(images)
                    .setTolerance(missing)
                    .setModel(fields.optional("model")
                            .text(m -> MODEL.matcher(m).matches(), "the name of a model", "sampler"))
                    .setModelVersion(version(fields.optional("model-version"), scope))
                    .setTextGuidance((float) fields.optional("text-guidance").number(0, 50, 2))
                    .setMaskGuidance((float) fields.optional("mask-guidance").number(0, 50, 1.5))
                    .setPrompts(prompts(fields))
                    .setNegativePrompt(StudyParser.text(fields.optional("negative-prompt"), ""))
                    .setMasks(masks(fields))
                    .setExtraData(fields.optional("extra-data").flag(true))
                    .build();
        }
    }

    private static String version(Field field, ImageSetScope scope) {
        String version = field.text(
                text -> VERSION.matcher(text).matches(), "a version number, or " + ImageSetId.VERSION_OF_REPEAT, "1");
        if (version.equals(ImageSetId.VERSION_OF_REPEAT) && scope == ImageSetScope.SHARED) {
            field.wrong("a version number where one image set is shared", version);
        }
        return version;
    }

    /** A classifier learns from the labels of prompts, so that it needs them; a segmenter needs the masks alone. */
    private List<Prompt> prompts(Section fields) {
        Field field = task == Task.CLASSIFICATION ? fields.required("prompts") : fields.optional("prompts");
        if (!field.present()) {
            return List.of(Prompt.newBuilder()
                    .setText(FindingsPrompt.of(List.of()))
                    .setLabels(List.of())
                    .build());
        }
        return field.list(1, 10_000, "a list of 1 to 10000 prompts", this::prompt);
    }

    private Prompt prompt(Field field) {
        try (Section fields = field.section()) {
            return Prompt.newBuilder()
                    .setText(StudyParser.text(fields.required("text"), ""))
                    .setLabels(fields.optional("labels").texts(0, 32, "a list of at most 32 labels", this::label))
                    .build();
        }
    }

    private String label(Field field) {
        if (task == Task.SEGMENTATION || targets.isEmpty()) {
            return StudyParser.text(field, "");
        }
        return field.word(targets, "");
    }

    private MaskTransform masks(Section section) {
        Field field = task == Task.SEGMENTATION ? section.required("masks") : section.optional("masks");
        if (!field.present()) {
            return null;
        }
        return new MaskTransformParser(task, targets).parse(field);
    }
}
