package io.synthray.producer.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The published JSON Schema and the parser must agree. Every value of two studies that use all fields is changed in many ways, one
 * at a time; a change that the schema refuses must be refused by the parser, and one that the parser accepts by the schema. What only
 * the parser can know (names of arms, of targets, of files) is all that it may refuse beyond.
 */
class StudySchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Beginnings of what the parser expects where it knows more than a schema can. */
    private static final List<String> BEYOND_SCHEMA = List.of(
            "a name that no other arm has",
            "another arm than",
            "a comparison of another name",
            "fewer than the arm's images",
            "a directory with",
            "an .npz file",
            "targets that have both sides",
            "every target, here or in absent",
            "structures that are not in structures",
            "a TorchScript file",
            "a file of weights",
            "one number for each of",
            "no weights where balanced",
            "unet",
            "small-cnn",
            "bce",
            "fewer than the study's real images",
            "validation-images for this",
            "synthetic images in this arm",
            "dice",
            "f1",
            "this field",
            "no such field",
            "fixed where there is one repeat",
            "entries that differ");

    /** Names that the study itself gives: a schema cannot look at one place for what another may say. */
    private static final Pattern NAMED_ELSEWHERE =
            Pattern.compile(".*(comparisons\\[\\d+]\\.(arm|reference|target)|labels\\[\\d+]): expected .*, found '.*");

    private final JsonSchema schema;

    StudySchemaTest() throws IOException {
        try (InputStream in = StudyFile.class.getResourceAsStream("study.schema.json")) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
        }
    }

    @Test
    void acceptsTheExamplesAndTheFullestStudies() throws IOException {
        for (Path example : List.of(Examples.LUNGS, Examples.FINDINGS)) {
            assertEquals(List.of(), faults(json(Files.readString(example))), example.toString());
        }
        for (String study : fullest()) {
            assertEquals(List.of(), faults(json(study)));
            assertEquals(List.of(), parserFaults(json(study)));
        }
    }

    @Test
    void fullestStudiesHaveEveryFieldOfTheSchema() throws IOException {
        List<String> used = new ArrayList<>();
        for (String study : fullest()) {
            names(json(study), used);
        }
        JsonNode root = JSON.readTree(StudyFile.class.getResource("study.schema.json"));
        List<String> declared = new ArrayList<>();
        root.findValues("properties").forEach(node -> node.fieldNames().forEachRemaining(declared::add));
        declared.removeAll(used);
        assertEquals(List.of(), declared);
    }

    @Test
    void statesTheDefaultsThatTheParserUses() throws IOException {
        String minimal = Examples.minimal();
        String explicit =
                """
                study: least
                title: least
                description: ""
                seed: 1
                dataset: {kind: phantom, side: 64, seed: 1, train: 200, test: 50, test-limit: 0}
                task: segmentation
                targets: [heart]
                real-images: 4
                repeats: 3
                model: {network: unet, width: 16, depth: 3, steps: 300, batch-size: 8, learning-rate: 0.002, weight-decay: 0.0001, steps-per-epoch: 50,\
                  loss: bce+dice, focus: 2, balanced: false, target-weights: [], precision: float32, optimiser: adamw, momentum: 0.9, schedule: cosine, warm-up: 0.05, drops: [], drop-factor: 0.1,\
                  gradient-norm: 1, averaging: 0, validation-images: 0, epoch: last, thresholds: half}
                arms: [{name: real-only, description: ""}]
                comparisons: []
                analysis: {alpha: 0.05, kind: fixed, correction: bonferroni}
                fidelity: false
                """;
        assertEquals(spec(minimal), spec(explicit));
        String least = minimal.replace(
                "[{name: real-only}]", "[{name: a, augmentation: {}, synthetic: {images: 2, masks: {}}}]");
        String all = minimal.replace(
                "[{name: real-only}]",
                "[{name: a, augmentation: {rotation: 0, scale: 0, translation: 0, shear: 0, brightness: 0, contrast: 0, noise: 0, flip: false},"
                        + " synthetic: {images: 2, image-sets: per-repeat, tolerance: 0, model: sampler, model-version: '1',"
                        + " text-guidance: 2, mask-guidance: 1.5, extra-data: true, negative-prompt: '',"
                        + " masks: {rotation: 0, scale: 0, translation: 0, shear: 0, flip: false, absent: []}}}]");
        assertEquals(spec(least), spec(all));
        String sequential = minimal + "analysis: {kind: sequential, early-stop: {}}\n";
        String allOfSequential = minimal
                + "analysis: {kind: sequential, prior-scale: 1, early-stop: {benefit: true, curtailment: 0.95}}\n";
        assertEquals(spec(sequential), spec(allOfSequential));
        ObjectNode defaults = (ObjectNode) json(explicit);
        ((ObjectNode) defaults.get("analysis"))
                .set("prior-scale", json(allOfSequential).at("/analysis/prior-scale"));
        checkDefaults(defaults, JSON.readTree(StudyFile.class.getResource("study.schema.json")));
        JsonNode root = JSON.readTree(StudyFile.class.getResource("study.schema.json"));
        JsonNode arm = json(all).at("/arms/0");
        checkProperties(arm.get("augmentation"), root.at("/$defs/augmentation/properties"));
        checkProperties(arm.get("synthetic"), root.at("/$defs/synthetic/properties"));
        checkProperties(json(allOfSequential).at("/analysis/early-stop"), root.at("/$defs/early-stop/properties"));
        String usual = minimal + "fidelity: true\n";
        String allOfFidelity = minimal + "fidelity: {embedder: embedder, embedder-version: '1', sample: 512}\n";
        assertEquals(spec(usual), spec(allOfFidelity));
        assertEquals(spec(usual), spec(minimal + "fidelity: {}\n"));
        checkProperties(json(allOfFidelity).get("fidelity"), root.at("/$defs/fidelity/properties"));
        checkProperties(arm.at("/synthetic/masks"), root.at("/$defs/synthetic/properties/masks/properties"));
    }

    private static void checkDefaults(ObjectNode study, JsonNode schema) {
        checkProperties(study, schema.get("properties"));
        checkProperties(study.get("model"), schema.at("/$defs/model/properties"));
        checkProperties(study.get("analysis"), schema.at("/$defs/analysis/properties"));
        checkProperties(study.at("/arms/0"), schema.at("/$defs/arm/properties"));
        checkProperties(study.get("dataset"), schema.at("/$defs/dataset/oneOf/0/properties"));
        assertEquals(schema.at("/$defs/side/default"), study.at("/dataset/side"));
        assertEquals(schema.at("/$defs/test-limit/default"), study.at("/dataset/test-limit"));
    }

    /** Each default that the schema states is the one that the parser was just seen to use. */
    private static void checkProperties(JsonNode values, JsonNode properties) {
        properties.fields().forEachRemaining(property -> {
            JsonNode stated = property.getValue().get("default");
            if (stated != null) {
                assertEquals(stated.asText(), values.path(property.getKey()).asText(), property.getKey());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> agreesWithTheParserOnEveryChange() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String study : fullest()) {
            JsonNode root = json(study);
            for (Change change : changes(root)) {
                tests.add(DynamicTest.dynamicTest(change.name(), () -> compare(change)));
            }
        }
        return tests.stream();
    }

    private void compare(Change change) {
        List<String> schemaFaults = faults(change.study());
        List<String> parserFaults = parserFaults(change.study());
        if (schemaFaults.isEmpty()) {
            List<String> unexpected = parserFaults.stream()
                    .filter(fault -> !NAMED_ELSEWHERE.matcher(fault).matches())
                    .filter(fault -> BEYOND_SCHEMA.stream().noneMatch(beyond -> fault.contains("expected " + beyond)))
                    .toList();
            assertEquals(List.of(), unexpected, "the schema accepts, the parser refuses");
        } else {
            assertTrue(!parserFaults.isEmpty(), () -> "the schema refuses, the parser accepts: " + schemaFaults);
        }
    }

    /** One changed study. */
    private record Change(String name, JsonNode study) {}

    private static List<Change> changes(JsonNode root) {
        List<Change> changes = new ArrayList<>();
        List<String> pointers = new ArrayList<>();
        pointers(root, "", pointers);
        for (String pointer : pointers) {
            JsonNode original = root.at(pointer);
            for (JsonNode replacement : replacements(original)) {
                changes.add(replaced(root, pointer, replacement));
            }
            if (!pointer.isEmpty()) {
                changes.add(removed(root, pointer));
            }
            if (original.isObject()) {
                ObjectNode copy = original.deepCopy();
                copy.put("unknown-field", 1);
                changes.add(replaced(root, pointer, copy));
            }
            if (original.isArray() && !original.isEmpty()) {
                ArrayNode copy = original.deepCopy();
                copy.add(original.get(0));
                changes.add(replaced(root, pointer, copy));
            }
        }
        return changes;
    }

    /** Wrong types, values at and beyond every range that the schema has, and other spellings. */
    private static List<JsonNode> replacements(JsonNode original) {
        List<JsonNode> values = new ArrayList<>();
        for (String json : List.of(
                "null",
                "true",
                "\"text\"",
                "\"Text With Spaces!\"",
                "\"\"",
                "\"1\"",
                "[]",
                "{}",
                "[1]",
                "0",
                "1",
                "2",
                "3",
                "4",
                "-1",
                "-0.5",
                "0.5",
                "0.9",
                "0.91",
                "1.5",
                "6",
                "7",
                "15",
                "16",
                "50",
                "50.5",
                "60",
                "61",
                "100",
                "101",
                "128",
                "129",
                "180",
                "181",
                "1024",
                "1025",
                "1000000",
                "1000001",
                "9007199254740991",
                "9007199254740992",
                "1e300",
                "2.0")) {
            try {
                values.add(JSON.readTree(json));
            } catch (IOException e) {
                throw new IllegalArgumentException(json, e);
            }
        }
        values.remove(original);
        return values;
    }

    private static Change replaced(JsonNode root, String pointer, JsonNode value) {
        if (pointer.isEmpty()) {
            return new Change("(root) = " + value, value);
        }
        JsonNode copy = root.deepCopy();
        JsonNode parent = copy.at(pointer.substring(0, pointer.lastIndexOf('/')));
        String last = pointer.substring(pointer.lastIndexOf('/') + 1);
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else {
            ((ArrayNode) parent).set(Integer.parseInt(last), value);
        }
        return new Change(pointer + " = " + value, copy);
    }

    private static Change removed(JsonNode root, String pointer) {
        JsonNode copy = root.deepCopy();
        JsonNode parent = copy.at(pointer.substring(0, pointer.lastIndexOf('/')));
        String last = pointer.substring(pointer.lastIndexOf('/') + 1);
        if (parent instanceof ObjectNode object) {
            object.remove(last);
        } else {
            ((ArrayNode) parent).remove(Integer.parseInt(last));
        }
        return new Change(pointer + " removed", copy);
    }

    private static void pointers(JsonNode node, String pointer, List<String> found) {
        found.add(pointer);
        if (node.isObject()) {
            node.fields().forEachRemaining(e -> pointers(e.getValue(), pointer + "/" + e.getKey(), found));
        } else {
            for (int i = 0; i < node.size(); i++) {
                pointers(node.get(i), pointer + "/" + i, found);
            }
        }
    }

    private static void names(JsonNode node, List<String> found) {
        for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            found.add(field.getKey());
            names(field.getValue(), found);
        }
        if (node.isArray()) {
            node.forEach(entry -> names(entry, found));
        }
    }

    private static List<String> fullest() {
        return List.of(
                """
                study: full
                title: Full
                description: All fields.
                seed: 5
                dataset: {kind: phantom, side: 32, seed: 3, train: 20, test: 5, test-limit: 4}
                task: segmentation
                targets: [heart, left-lung]
                real-images: 4
                repeats: 2
                model: {network: unet, width: 8, depth: 2, steps: 30, batch-size: 4, learning-rate: 0.01, weight-decay: 0.01, steps-per-epoch: 10,
                  loss: dice, precision: mixed, focus: 1, balanced: true, optimiser: sgd, momentum: 0.8, schedule: step, warm-up: 0.1, drops: [0.5, 0.75], drop-factor: 0.5,
                  gradient-norm: 2, averaging: 0.9, validation-images: 1, epoch: best, thresholds: validation}
                arms:
                  - {name: real-only, description: d, augmentation: standard}
                  - name: synthetic
                    augmentation: {rotation: 5, scale: 0.1, translation: 0.1, shear: 3, brightness: 0.1, contrast: 0.1, noise: 0.1, flip: false,
                      elastic: {alpha: 20, sigma: 4}}
                    synthetic:
                      images: 10
                      image-sets: shared
                      tolerance: 1
                      model: sampler
                      model-version: "3"
                      text-guidance: 1
                      mask-guidance: 1
                      extra-data: false
                      prompts: [{text: words, labels: [a]}]
                      negative-prompt: other words
                      masks: {rotation: 5, scale: 0.1, translation: 0.1, shear: 3, flip: true}
                  - name: drawn
                    strategy: {synthetic: pretrain, real-share: 0.5, synthetic-weight: 0.5, pretraining: 0.3, oversampling: true, steps: 40}
                    synthetic:
                      images: 10
                      masks:
                        rotation: {uniform: [-5, 3]}
                        scale: {normal: {mean: 0.05, sd: 0.1}}
                        translation: {choice: [0, 0.1]}
                        shear: {fixed: -3}
                        flip: 0.25
                        structures: [right-lung, left-lung]
                        absent: [heart, pneumothorax]
                        elastic: {alpha: 30, sigma: {uniform: [3, 5]}}
                comparisons:
                  - {name: first, arm: synthetic, reference: real-only, metric: dice, target: heart, hypothesis: non-inferiority, margin: 0.1}
                  - {arm: synthetic, reference: real-only, hypothesis: superiority, margin: 0}
                analysis: {alpha: 0.1, kind: sequential, correction: bonferroni, prior-scale: 2, early-stop: {benefit: true, curtailment: 0.9, futility: 0.1}}
                fidelity: {embedder: other, embedder-version: "2", sample: 100}
                """,
                """
                study: full-too
                seed: 5
                dataset: {kind: folder, path: ., side: 32, test-limit: 4}
                task: classification
                targets: [edema]
                real-images: 4
                model: {network: torchscript, script: %s, script-weights: file, start-weights: %s, target-weights: [2]}
                arms:
                  - {name: real-only}
                  - {name: synthetic, synthetic: {images: 10, prompts: [{text: words, labels: [edema]}]}}
                comparisons:
                  - {arm: synthetic, reference: real-only, metric: f1}
                """
                        .formatted(Examples.LUNGS, Examples.LUNGS),
                ofDataset("chexpert", "uncertain: {edema: ones, others: zeros}, views: ap, findings: all"),
                ofDataset("candid-ptx", ""),
                ofDataset("siim-acr", ""),
                ofDataset("rsna-pneumonia", "boxes: boxes"),
                ofDataset("jsrt", ""),
                ofDataset("medmnist", "").replace("path: .", "path: " + Examples.LUNGS),
                ofDataset(
                        "table",
                        "index: index.csv, uncertain: ignore, labels: [edema], structure: finding, columns: {image: a, patient: b,"
                                + " study: c, split: d, view: e, prompt: f, mask: g},"
                                + " split-words: {train: [x], validation: [v], test: [y]}"));
    }

    private static String ofDataset(String kind, String options) {
        return """
                study: full-%s
                seed: 5
                dataset: {kind: %s, path: ., side: 32, test-limit: 4, test-fraction: 0.3, split-seed: 4, missing-images: skip%s}
                task: classification
                targets: [edema]
                real-images: 4
                arms: [{name: real-only}]
                """
                .formatted(kind, kind, options.isEmpty() ? "" : ", " + options);
    }

    private static StudySpec spec(String yaml) {
        return StudyFile.parse(yaml, "s.yaml", Path.of("/")).spec();
    }

    private List<String> faults(JsonNode study) {
        return schema.validate(study).stream().map(Object::toString).toList();
    }

    /** JSON is YAML, so that the parser reads the same document. */
    private static List<String> parserFaults(JsonNode study) {
        try {
            StudyFile.parse(study.toPrettyString(), "s.yaml", Path.of("/"));
            return List.of();
        } catch (InvalidStudyException e) {
            return e.problems().stream().map(Object::toString).toList();
        }
    }

    private static JsonNode json(String yaml) {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }
}
