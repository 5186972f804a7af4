package io.synthray.imaging.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.imaging.dataset.Audit;
import io.synthray.imaging.dataset.Dataset;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.dataset.Grouping;
import io.synthray.imaging.dataset.Split;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.Png;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.mask.RunLengthText;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind in small, laid out as its publisher does. */
class PublishedDatasetsTest {

    @TempDir
    private Path folder;

    private Dataset open(Map<String, String> options) {
        DatasetKind kind = Datasets.recognise(folder).orElseThrow();
        return Datasets.open(new DatasetSource(kind, folder, DatasetOptions.of(options)));
    }

    private void text(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    /** A picture of its own for each seed. */
    private void image(String name, int seed) throws IOException {
        byte[] levels = new byte[40 * 40];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) (i * (seed + 3) / 7);
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        if (name.endsWith(".jpg")) {
            BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster().setDataElements(0, 0, 40, 40, levels);
            ImageIO.write(image, "jpg", file.toFile());
        } else {
            Files.write(file, Png.encode(GreyImage.ofBytes(40, 40, levels), Map.of()));
        }
    }

    private static Map<String, DatasetCase> byId(Dataset dataset) {
        return dataset.cases().stream().collect(Collectors.toMap(DatasetCase::id, Function.identity()));
    }

    private static String cheXpertRow(int patient, String split, String view, String rest) {
        return "CheXpert-v1.0-small/%s/patient%05d/study1/view1_%s.jpg,Female,68,%s,%s,%s"
                .formatted(
                        split,
                        patient,
                        view,
                        view.equals("frontal") ? "Frontal" : "Lateral",
                        view.equals("frontal") ? "AP" : "",
                        rest);
    }

    @Test
    void cheXpert() throws IOException {
        String header =
                "Path,Sex,Age,Frontal/Lateral,AP/PA,No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Lung Opacity,"
                        + "Lung Lesion,Edema,Consolidation,Pneumonia,Atelectasis,Pneumothorax,Pleural Effusion,Pleural Other,Fracture,"
                        + "Support Devices";
        text(
                "CheXpert-v1.0-small/train.csv",
                header,
                cheXpertRow(1, "train", "frontal", "1.0,,,,,,,,,0.0,,,,1.0"),
                cheXpertRow(2, "train", "frontal", ",,-1.0,1.0,,-1.0,,,1.0,,1.0,,1.0,"),
                cheXpertRow(2, "train", "lateral", ",,-1.0,1.0,,-1.0,,,1.0,,1.0,,1.0,"));
        text(
                "CheXpert-v1.0-small/valid.csv",
                header,
                cheXpertRow(64541, "valid", "frontal", "0.0,0.0,1.0,0,0,0,0,0,0,0,0,0,0,0"));
        image("CheXpert-v1.0-small/train/patient00001/study1/view1_frontal.jpg", 1);
        image("CheXpert-v1.0-small/train/patient00002/study1/view1_frontal.jpg", 2);
        image("CheXpert-v1.0-small/train/patient00002/study1/view1_lateral.jpg", 3);
        image("CheXpert-v1.0-small/valid/patient64541/study1/view1_frontal.jpg", 4);
        Dataset dataset = open(Map.of("uncertain", "ones", "uncertain.edema", "ignore"));
        assertEquals(
                List.of("atelectasis", "cardiomegaly", "consolidation", "edema", "pleural-effusion"), dataset.labels());
        assertEquals(2, dataset.cases(Split.TRAIN).size());
        assertEquals(1, dataset.cases(Split.TEST).size());
        assertEquals(List.of(), dataset.warnings());
        DatasetCase second = byId(dataset).get("train/patient00002/study1/view1_frontal.jpg");
        assertEquals("patient00002", second.patientId());
        assertEquals(List.of("age=60-79", "sex=female", "view=AP"), second.subgroups());
        assertTrue(second.labels().get("cardiomegaly"));
        assertNull(second.labels().get("edema"));
        assertEquals("frontal chest radiograph atelectasis cardiomegaly pleural effusion", second.prompt());
        assertEquals(32, dataset.image(second, 32).width());
        assertEquals(List.of(), dataset.check());
        Dataset report = open(Map.of("prompt-style", "report", "views", "all"));
        assertEquals(
                "AP frontal chest radiograph. There is atelectasis. There is pleural effusion.",
                byId(report).get("train/patient00002/study1/view1_frontal.jpg").prompt());
        assertEquals(
                "lateral chest radiograph. There is atelectasis. There is pleural effusion.",
                byId(report).get("train/patient00002/study1/view1_lateral.jpg").prompt());
        assertEquals(
                "frontal chest radiograph no finding",
                byId(report).get("train/patient00001/study1/view1_frontal.jpg").prompt());
        Dataset single = open(Map.of("prompt-style", "single-disease", "prompt-single", "{position} film: {finding}"));
        assertEquals(
                "AP film: atelectasis",
                byId(single).get("train/patient00002/study1/view1_frontal.jpg").prompt());
        Files.delete(folder.resolve("CheXpert-v1.0-small/train/patient00001/study1/view1_frontal.jpg"));
        DatasetException missing = assertThrows(DatasetException.class, () -> open(Map.of()));
        assertTrue(missing.getMessage().contains("expected an image file, found none"), missing.getMessage());
        assertFalse(missing.withoutIds().contains("patient"), missing.withoutIds());
        assertEquals(2, open(Map.of("missing-images", "skip")).cases().size());
    }

    @Test
    void candidPtx() throws IOException {
        Plane drawn = Plane.of(1024, 1024, (x, y) -> x >= 100 && x < 120 && y >= 300 && y < 500);
        String runs = RunLengthText.RELATIVE_COLUMNS.encode(drawn);
        text(
                "Pneumothorax_reports.csv",
                "SOPInstanceUID,EncodedPixels,Report,filename",
                "1.2.3," + runs + ",\"Left pneumothorax, small.\",P1_0001",
                "1.2.3,0 5,\"Left pneumothorax, small.\",P1_0001",
                "1.2.4,-1,Clear,P1_0002",
                "1.2.5,-1,Clear,P2_0003");
        text("chest_tube.csv", "anon_SOPUID,annotation_ref,mask_rle", "1.2.4,a,10 20");
        text("acute_rib_fracture.csv", "anon_SOPUID,mask_rle", "1.2.5,4096 20");
        for (int i = 3; i <= 5; i++) {
            image("dataset/1.2." + i + ".png", i);
        }
        // Half of the images, so that the test side is not empty.
        Dataset dataset = open(Map.of("test-fraction", "0.5"));
        assertEquals(Grouping.STUDY, dataset.grouping());
        assertEquals(1, dataset.warnings().size());
        Map<String, DatasetCase> cases = byId(dataset);
        assertEquals(cases.get("1.2.3").group(), cases.get("1.2.4").group());
        assertEquals(cases.get("1.2.3").split(), cases.get("1.2.4").split());
        assertTrue(cases.get("1.2.4").labels().get("chest-tube"));
        assertFalse(cases.get("1.2.4").labels().get("pneumothorax"));
        Mask mask = dataset.mask(cases.get("1.2.3"), 1024);
        assertEquals(drawn.area() + 5, mask.plane("pneumothorax").orElseThrow().area());
        assertTrue(mask.plane("pneumothorax").orElseThrow().at(119, 499));
        assertEquals(0, mask.plane("rib-fracture").orElseThrow().area());
    }

    @Test
    void rsnaPneumoniaKnowsPatientsByTheMapping() throws IOException {
        text(
                "stage_2_train_labels.csv",
                "patientId,x,y,width,height,Target",
                "a-1,,,,,0",
                "a-2,4.0,6.0,10.0,20.0,1",
                "a-2,20.0,6.0,5.0,5.0,1");
        text("stage_2_detailed_class_info.csv", "patientId,class", "a-1,Normal", "a-2,Lung Opacity");
        image("stage_2_train_images/a-1.png", 1);
        image("stage_2_train_images/a-2.png", 2);
        Dataset unnamed = open(Map.of("test-fraction", "0.5"));
        assertEquals(Grouping.IMAGE_ONLY, unnamed.grouping());
        assertEquals(
                225,
                unnamed.mask(byId(unnamed).get("a-2"), 40)
                        .plane("pneumonia")
                        .orElseThrow()
                        .area());
        text(
                "pneumonia-challenge-dataset-mappings_2018.json",
                "[{\"img_id\": \"00000007_000.png\", \"subset_img_id\": \"a-1\", \"orig_labels\": [\"x\"]},",
                "{\"subset_img_id\": \"a-2\", \"img_id\": \"00000007_004.png\"}]");
        Dataset named = open(Map.of("boxes", "boxes"));
        assertEquals(Grouping.PATIENT, named.grouping());
        assertEquals("00000007", byId(named).get("a-1").patientId());
        assertEquals(List.of(), named.structures());
        assertEquals(2, named.boxes(byId(named).get("a-2")).size());
    }

    @Test
    void jsrtWithScrFoldsAndRawImages() throws IOException {
        for (int i = 1; i <= 4; i++) {
            String id = "JPCLN00" + i;
            byte[] raw = new byte[2048 * 2048 * 2];
            for (int p = 0; p < 2048 * 2048; p++) {
                int value = (p / 2048 + p % 2048 + i) % 4096;
                raw[2 * p] = (byte) (value >> 8);
                raw[2 * p + 1] = (byte) value;
            }
            Files.createDirectories(folder.resolve("All247images"));
            Files.write(folder.resolve("All247images/" + id + ".IMG"), raw);
            for (String structure : List.of("left lung", "right lung", "heart")) {
                BufferedImage mask = new BufferedImage(1024, 1024, BufferedImage.TYPE_BYTE_GRAY);
                int left = structure.equals("left lung") ? 600 : 200;
                mask.getRaster().setSamples(left, 100, 100, 100, 0, filled(100 * 100));
                Path file = folder.resolve(
                        "scratch/fold" + (i % 2 == 1 ? 1 : 2) + "/masks/" + structure + "/" + id + ".gif");
                Files.createDirectories(file.getParent());
                ImageIO.write(mask, "gif", file.toFile());
            }
        }
        Dataset dataset = open(Map.of());
        assertEquals(List.of("heart", "left-lung", "right-lung"), dataset.structures());
        assertEquals(2, dataset.cases(Split.TRAIN).size());
        assertEquals(2, dataset.cases(Split.TEST).size());
        DatasetCase first = byId(dataset).get("JPCLN001");
        assertTrue(first.labels().get("nodule"));
        GreyImage image = dataset.image(first, 2048);
        assertEquals(1 - 1 / 4095f, image.at(0, 0), 1e-6f);
        Plane lung = dataset.mask(first, 1024).plane("left-lung").orElseThrow();
        assertEquals(10_000, lung.area());
        assertTrue(lung.at(650, 150));
        assertEquals(List.of(), dataset.check());
    }

    private static int[] filled(int count) {
        int[] values = new int[count];
        java.util.Arrays.fill(values, 255);
        return values;
    }

    @Test
    void aTableWithColumnsOfItsOwn() throws IOException {
        text(
                "labels/all.csv",
                "file;x,who,where,Big Heart,Fluid,outline",
                "a.png,p1,dev-train,yes,-1,m/a.png",
                "b.png,p1,dev-train,no,0,",
                "c.png,p2,held-out,1,1,m/a.png");
        image("files/a.png", 1);
        image("files/b.png", 2);
        image("files/c.png", 3);
        image("m/a.png", 4);
        Map<String, String> options = new HashMap<>(Map.of(
                "index", "labels/all.csv",
                "images", "files",
                "column.image", "file;x",
                "column.patient", "who",
                "column.split", "where",
                "column.mask", "outline",
                "labels", "Big Heart,Fluid",
                "train-words", "dev-train",
                "test-words", "held-out",
                "structure", "heart"));
        options.put("uncertain.fluid", "ignore");
        Dataset dataset = Datasets.open(new DatasetSource(DatasetKind.TABLE, folder, DatasetOptions.of(options)));
        assertEquals(List.of("big-heart", "fluid"), dataset.labels());
        assertEquals(List.of("heart"), dataset.structures());
        DatasetCase a = byId(dataset).get("a.png");
        assertTrue(a.labels().get("big-heart"));
        assertNull(a.labels().get("fluid"));
        assertEquals(Split.TEST, byId(dataset).get("c.png").split());
        assertTrue(dataset.mask(a, 40).plane("heart").orElseThrow().area() > 0);
        assertEquals(
                0,
                dataset.mask(byId(dataset).get("b.png"), 40)
                        .plane("heart")
                        .orElseThrow()
                        .area());
        assertEquals(List.of(), dataset.check());
        options.put("train-words", "held-out");
        options.put("test-words", "dev-train");
        text(
                "labels/all.csv",
                "file;x,who,where,Big Heart,Fluid,outline",
                "a.png,p1,dev-train,0,0,",
                "b.png,p1,held-out,0,0,");
        DatasetException split = assertThrows(
                DatasetException.class,
                () -> Datasets.open(new DatasetSource(DatasetKind.TABLE, folder, DatasetOptions.of(options))));
        assertTrue(split.getMessage().contains("on one side, found them on several"), split.getMessage());
    }

    @Test
    void optionsAreChecked() throws IOException {
        text("train-rle.csv", "ImageId, EncodedPixels", "1.2.3, -1");
        image("1.2.3.png", 1);
        assertOption(Map.of("uncertain", "ones"), "option 'uncertain': expected one of [");
        assertOption(
                Map.of("test-fraction", "2"), "option test-fraction: expected a number of 0.01 to 0.99, found '2'");
        assertOption(Map.of("missing-images", "no"), "option missing-images: expected one of error, skip, found 'no'");
        assertOption(Map.of("prompt-style", "x"), "option prompt-style: expected one of single-disease, ");
    }

    private void assertOption(Map<String, String> options, String message) {
        DatasetException e = assertThrows(DatasetException.class, () -> open(options));
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }

    /** Three pictures of two images: those of a test side stay, those of train go. */
    @Test
    void identicalPicturesAreFoundAndKeptApart() throws IOException {
        text("t.csv", "image,split,label", "a.png,train,1", "b.png,train,0", "c.png,test,1", "d.png,test,0");
        image("a.png", 1);
        image("b.png", 2);
        image("c.png", 1);
        image("d.png", 4);
        Dataset dataset = Datasets.open(new DatasetSource(
                DatasetKind.TABLE,
                folder,
                DatasetOptions.of(Map.of("index", "t.csv", "column.split", "split", "labels", "label"))));
        Audit audit = dataset.audit();
        assertEquals(1, audit.identical().size());
        Dataset apart = dataset.apart(audit.identical());
        assertEquals(
                List.of("b.png"),
                apart.cases(Split.TRAIN).stream().map(DatasetCase::id).toList());
        assertEquals(2, apart.cases(Split.TEST).size());
        assertTrue(apart.warnings()
                .contains("1 images are left out, since another side of the split has the same pixels"));
        assertFalse(dataset.fingerprint().equals(apart.fingerprint()));
        assertThrows(DatasetException.class, () -> dataset.apart(List.of(List.of("x", "y"))));
    }
}
