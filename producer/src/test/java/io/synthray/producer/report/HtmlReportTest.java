package io.synthray.producer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synthray.event.ImageMade;
import io.synthray.event.Statistics;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.dataset.PhantomDataset;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.Png;
import io.synthray.imaging.store.ImageStores;
import io.synthray.producer.fixture.SampleStudy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class HtmlReportTest {
    private final SampleStudy sample = SampleStudy.create();
    private final XPath xpath = XPathFactory.newInstance().newXPath();

    @TempDir
    Path directory;

    @Test
    void hasTheNumbersOfTheEvents() throws Exception {
        Document page = parse(render());
        assertEquals(
                List.of(
                        "real+synthetic \u2212 real-only\u00a0>\u00a00|dice|3/3|+0.0450|[+0.0326, +0.0574]|15.588|2|0.0020|0.0061|better",
                        "real+synthetic \u2212 real+augmentation\u00a0>\u00a00|dice|3/3|\u22120.0150|[\u22120.0479, +0.0179]|\u22121.964|2|0.9058|1.0000|not shown",
                        "shared \u2212 real-only\u00a0>\u00a0\u22120.02|dice heart|3/3|\u22120.0350|[\u22120.0474, \u22120.0226]|\u22125.196|2|0.9825|1.0000|not shown; lower"),
                rows(page, "//section[@aria-labelledby='statistics']//tbody/tr"));
        assertEquals(
                List.of(
                        "real-only|0.8100|0.8300|0.8200|0.8200|0.0100",
                        "real+augmentation|0.8800|0.8700|0.8900|0.8800|0.0100",
                        "real+synthetic|0.8600|0.8700|0.8650|0.8650|0.0050",
                        "shared|0.8500|0.8600|0.8700|0.8600|0.0100",
                        "real-only|0.8100|0.8100|0.8100",
                        "real+augmentation|0.8700|0.8700|0.8700",
                        "real+synthetic|0.8550|0.8550|0.8550",
                        "shared|0.8500|0.8500|0.8500"),
                rows(page, "//section[@aria-labelledby='metrics']//tbody/tr"));
    }

    @Test
    void saysLossesAsPlainlyAsGains() throws Exception {
        Document page = parse(render());
        List<String> findings = texts(page, "//ul[@class='findings']/li/p[1]");
        assertEquals(3, findings.size());
        assertTrue(findings.get(0).contains("scored 0.0450 higher than real-only"), findings.get(0));
        assertTrue(findings.get(0).contains("statistically significant at 0.05"), findings.get(0));
        assertTrue(findings.get(1).contains("scored 0.0150 lower than real+augmentation"), findings.get(1));
        assertTrue(findings.get(1).contains("A gain is not shown"), findings.get(1));
        assertTrue(findings.get(2).contains("the whole interval lies below the margin"), findings.get(2));
        assertEquals(
                List.of("extra data", "extra data", "shared image set"),
                texts(page, "//ul[@class='findings']//span[@class='tag']"));
    }

    @Test
    void needsNothingFromOutside() throws Exception {
        String html = render();
        Document page = parse(html);
        for (String attribute : List.of("src", "href", "srcset", "data", "action")) {
            NodeList values = (NodeList) xpath.evaluate("//@" + attribute, page, XPathConstants.NODESET);
            for (int i = 0; i < values.getLength(); i++) {
                assertTrue(values.item(i).getNodeValue().startsWith("data:image/png;base64,"), attribute);
            }
        }
        assertEquals(0, count(page, "//script") + count(page, "//link"));
        assertFalse(html.contains("@import") || html.contains("url("), "style sheets reach outside");
    }

    /** Three of each arm's images, each with the phantom, its mask, the conditioning mask. */
    @Test
    void showsRealMaskAndSyntheticSideBySide() throws Exception {
        Document page = parse(render());
        assertEquals(6, count(page, "//div[@class='row']"));
        assertEquals(
                List.of("Phantom", "Phantom, and its mask", "Synthetic, and the mask it was made from", "Synthetic"),
                texts(page, "(//div[@class='row'])[1]//figcaption"));
        assertEquals(3, count(page, "(//div[@class='row'])[1]//figure[2]//*[local-name()='path']"));
        NodeList pictures = (NodeList) xpath.evaluate("//*[local-name()='image']/@href", page, XPathConstants.NODESET);
        assertEquals(24, pictures.getLength());
        GreyImage synthetic = decode(pictures.item(3).getNodeValue());
        assertEquals(
                new io.synthray.imaging.phantom.Phantom(99).image(0, 64).toBytes().length, synthetic.toBytes().length);
        org.junit.jupiter.api.Assertions.assertArrayEquals(
                new io.synthray.imaging.phantom.Phantom(99).image(0, 64).toBytes(), synthetic.toBytes());
        assertEquals(0, count(page, "//*[@role='img' and not(@aria-label) and not(@aria-labelledby)]"));
        assertEquals(25, count(page, "//*[@role='img']"), "24 pictures and the plot");
    }

    @Test
    void namesNoPatient() {
        String html = render();
        PhantomDataset dataset = new PhantomDataset(3, 24, 6);
        for (DatasetCase c : dataset.cases()) {
            assertFalse(html.contains(c.id()), c.id());
            assertFalse(html.contains(c.patientId()), c.patientId());
        }
    }

    @Test
    void escapesWhatUsersWrite() throws Exception {
        Document page = parse(render());
        assertEquals(List.of("Do <few> synthetic & real radiographs help?"), texts(page, "//h1"));
        String hostile = SampleStudy.YAML.replace(
                "description: A sample for tests.",
                "description: \"</style></p><script>alert(1)</script> \\u0007 \\u202e {{title}} {{{forest}}}\"");
        Document escaped = parse(
                HtmlReport.withRealPictures().render(Samples.complete(SampleStudy.of(hostile, directory), List.of())));
        assertEquals(0, count(escaped, "//script"));
        assertTrue(
                texts(escaped, "//header/p[2]").get(0).contains("<script>alert(1)</script> \ufffd"),
                texts(escaped, "//header/p[2]")::toString);
    }

    @Test
    void saysWhatCannotBeShown() throws Exception {
        List<ImageMade> images = images();
        List<ImageMade> damaged = new ArrayList<>(images);
        Files.write(Path.of(URI.create(images.get(0).getUri())), new byte[] {1, 2, 3});
        ImageMade elsewhere = ImageMade.newBuilder(images.get(1))
                .setUri("file:///not-on-this-machine/sha256/aa/x.png")
                .build();
        damaged.set(1, elsewhere);
        Document page = parse(HtmlReport.withRealPictures().render(Samples.complete(sample, damaged)));
        List<String> notices = texts(page, "//p[@class='notice']");
        assertTrue(
                notices.stream()
                        .anyMatch(n -> n.startsWith("Synthetic image 0 is not shown: ") && n.contains("SHA-256")),
                notices::toString);
        assertTrue(
                notices.stream()
                        .anyMatch(n -> n.contains("the image store file:/not-on-this-machine/ is not on this machine")
                                || n.contains("the image store file:///not-on-this-machine/ is not on this machine")),
                notices::toString);
        assertFalse(Files.exists(Path.of("/not-on-this-machine")));
    }

    @Test
    void doesWithoutADatasetThatIsAbsentOrAnother() throws Exception {
        Path folder = folder("data");
        String yaml = SampleStudy.YAML
                .replace(
                        "{kind: phantom, side: 64, seed: 3, train: 24, test: 6}",
                        "{kind: folder, path: data, side: 32}")
                .replace("[left-lung, right-lung, heart]", "[left-lung, heart]");
        SampleStudy study = SampleStudy.of(yaml, directory);
        List<ImageMade> images =
                study.images(ImageStores.open(directory.resolve("store").toUri()), 4);
        StudyResults results = Samples.complete(study, images);

        String whole = HtmlReport.withRealPictures().render(results);
        assertTrue(whole.contains("This page holds pixels of real radiographs"), "no notice on real pixels");
        assertFalse(whole.contains("patient-7") || whole.contains(folder.toString()), "ids or paths in the page");

        Document without = parse(HtmlReport.withoutRealPictures().render(results));
        assertTrue(texts(without, "//p[@class='notice']")
                .contains("Real radiographs are not shown: this report was asked to leave them out."));
        assertEquals(2, count(without, "(//div[@class='row'])[1]//figure"));

        Files.writeString(
                folder.resolve("index.csv"),
                Files.readString(folder.resolve("index.csv")).replace("patient-11,test", "patient-11,train"));
        assertNotice("its fingerprint differs", results);
        Files.delete(folder.resolve("index.csv"));
        assertNotice("the dataset cannot be read on this machine", results);
    }

    private void assertNotice(String expected, StudyResults results) throws Exception {
        Document page = parse(HtmlReport.withRealPictures().render(results));
        List<String> notices = texts(page, "//p[@class='notice']");
        assertTrue(notices.stream().anyMatch(n -> n.contains(expected)), notices::toString);
        assertTrue(count(page, "//figure") > 0, "synthetic images are still shown");
    }

    @Test
    void showsAStudyThatHasOnlyBegun() throws Exception {
        Document page = parse(HtmlReport.withRealPictures().render(Samples.begun(sample)));
        assertEquals(List.of("being submitted"), texts(page, "//header//span[@class='badge']"));
        assertTrue(texts(page, "//section").get(0).contains("No statistics have been published"));
        assertEquals(0, count(page, "//*[local-name()='svg' and @class='forest']"));
    }

    @Test
    void holdsSyntheticImagesAgainstRealOnes() throws Exception {
        Document page = parse(HtmlReport.withoutRealPictures().render(Samples.compared(sample)));
        assertEquals(
                List.of(
                        "real+synthetic/repeat-1|6|-|0.0123 [0.0113, 0.0133]|0.75 \u00b1 0.10|0.50 \u00b1 0.05|1.50 \u00b1 0.20|0.25 \u00b1 0.03|1.25|0.13 \u00b1 0.04",
                        "for comparison: real train images|24|-|\u22120.0005 [\u22120.0015, 0.0005]|0.75 \u00b1 0.10|0.50 \u00b1 0.05|1.50 \u00b1 0.20|0.25 \u00b1 0.03|-|-"),
                rows(page, "//section[@aria-labelledby='fidelity']//tbody/tr"));
        String section = texts(page, "//section[@aria-labelledby='fidelity']").get(0);
        assertTrue(section.contains("Features: 32 of embedder@1:abc. Against 176 held-out real images."), section);
        assertTrue(section.contains("No Frechet distance below 10 images a feature."), section);
        assertEquals(0, count(parse(render()), "//section[@aria-labelledby='fidelity']"));
    }

    @Test
    void showsSubgroupsAndTheWorst() throws Exception {
        Document page = parse(HtmlReport.withoutRealPictures().render(Samples.compared(sample)));
        assertEquals(
                List.of("age=60-79|12|3|\u22120.0100|[\u22120.0300, +0.0100]", "sex=female|8|1|+0.0200|-"),
                rows(page, "//section[@aria-labelledby='subgroups']//tbody/tr"));
        assertTrue(texts(page, "//section[@aria-labelledby='subgroups']//caption")
                .get(0)
                .contains("Lowest difference among subgroups of ten cases or more: age=60-79."));
        assertEquals(0, count(parse(render()), "//section[@aria-labelledby='subgroups']"));
    }

    /** Without a P of sign flips the table has no column for it; with one it says how small that could be at all. */
    @Test
    void showsThePOfSignFlipsWithItsFloor() throws Exception {
        StudyResults results = Samples.complete(sample, List.of());
        List<Statistics> flipped = new ArrayList<>(results.statistics());
        flipped.set(
                0,
                Statistics.newBuilder(flipped.get(0))
                        .setPSignFlip(0.125)
                        .setSignFlipFloor(0.125)
                        .build());
        StudyResults with = new StudyResults(
                results.study(),
                results.state(),
                flipped,
                results.fidelity(),
                results.subgroups(),
                results.trials(),
                results.images(),
                results.generators(),
                results.controls());
        Document page = parse(HtmlReport.withoutRealPictures().render(with));
        String section = "//section[@aria-labelledby='statistics']";
        assertEquals(
                "P sign flips (floor)",
                texts(page, section + "//th[@scope='col']").get(9));
        List<String> rows = rows(page, section + "//tbody/tr");
        assertTrue(rows.get(0).endsWith("|0.0020|0.0061|0.1250 (0.1250)|better"), rows.get(0));
        assertTrue(rows.get(1).endsWith("|0.9058|1.0000|-|not shown"), rows.get(1));
        assertTrue(texts(page, section + "/p").get(0).contains("the smallest P that so few repeats can give"));
        Document without = parse(HtmlReport.withoutRealPictures().render(results));
        assertEquals(10, texts(without, section + "//th[@scope='col']").size());
        assertFalse(texts(without, section + "/p").get(0).contains("sign flips"));
    }

    @Test
    void saysSoWhereImagesCameWithoutFeatures() throws Exception {
        StudyResults results = Samples.compared(sample);
        StudyResults without = new StudyResults(
                results.study(),
                results.state(),
                results.statistics(),
                List.of(),
                List.of(),
                results.trials(),
                results.images(),
                results.generators(),
                results.controls());
        Document page = parse(HtmlReport.withoutRealPictures().render(without));
        assertTrue(texts(page, "//section[@aria-labelledby='fidelity']")
                .get(0)
                .contains("the generators were set up without the plan's embedder"));
    }

    @Test
    void jsonHasThemUnrounded() throws Exception {
        JsonNode json = new ObjectMapper().readTree(ResultsJson.of(Samples.compared(sample)));
        JsonNode set = json.at("/fidelity/0");
        assertEquals("real+synthetic", set.get("arm").asText());
        assertTrue(set.get("frechet").isNull());
        assertEquals(0.0123, set.at("/sample/kid").asDouble());
        assertEquals(0.04, set.at("/sample/nearCopies/standardError").asDouble());
        assertEquals(-0.0005, set.at("/real/kid").asDouble());
        assertTrue(set.at("/real/nearCopies").isNull());
        assertEquals("age=60-79", json.at("/subgroups/0/worst").asText());
        assertEquals(-0.03, json.at("/subgroups/0/subgroups/0/ciLow").asDouble());
        assertTrue(json.at("/subgroups/0/subgroups/1/ciLow").isNull());
        assertEquals(
                "file:///store/predictions/real-only-1.csv",
                json.at("/trials/0/predictions").asText());
    }

    @Test
    void writesTheFileWholeOrNot() throws IOException {
        Path file = directory.resolve("new/report.html");
        HtmlReport.withRealPictures().write(Samples.begun(sample), file);
        assertTrue(Files.readString(file).endsWith("</html>\n"));
        try (var files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
        var e = org.junit.jupiter.api.Assertions.assertThrows(
                OutputException.class, () -> HtmlReport.withRealPictures().write(Samples.begun(sample), directory));
        assertEquals(directory + ": expected a file to write, found a directory", e.getMessage());
    }

    private List<ImageMade> images() {
        return sample.images(ImageStores.open(directory.resolve("images").toUri()), 4);
    }

    private String render() {
        return HtmlReport.withRealPictures().render(Samples.complete(sample, images()));
    }

    /** A folder of twelve radiographs whose ids are patients'. */
    private Path folder(String name) throws IOException {
        Path folder = directory.resolve(name);
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
        StringBuilder index = new StringBuilder("image_id,split\n");
        PhantomDataset source = new PhantomDataset(5, 10, 2);
        for (int i : IntStream.range(0, 12).toArray()) {
            String id = "patient-" + i;
            index.append(id).append(i < 10 ? ",train\n" : ",test\n");
            DatasetCase c = source.cases().get(i);
            Files.write(folder.resolve("images/" + id + ".png"), Png.encode(source.image(c, 32), Map.of()));
            Files.write(
                    folder.resolve("masks/" + id + ".png"),
                    io.synthray.imaging.mask.BitSetPng.encode(
                            source.mask(c, 32), io.synthray.imaging.mask.Structures.BIT_SET));
        }
        Files.writeString(folder.resolve("index.csv"), index);
        return folder;
    }

    private static GreyImage decode(String data) {
        return Png.decode(Base64.getDecoder().decode(data.substring(data.indexOf(',') + 1)), "");
    }

    /** Well-formed, or the parser throws. */
    private static Document parse(String html) throws Exception {
        assertTrue(html.startsWith("<!DOCTYPE html>\n"));
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    }

    private int count(Document page, String path) throws Exception {
        return ((NodeList) xpath.evaluate(path, page, XPathConstants.NODESET)).getLength();
    }

    private List<String> texts(Document page, String path) throws Exception {
        NodeList nodes = (NodeList) xpath.evaluate(path, page, XPathConstants.NODESET);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent())
                .toList();
    }

    private List<String> rows(Document page, String path) throws Exception {
        NodeList rows = (NodeList) xpath.evaluate(path, page, XPathConstants.NODESET);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.getLength(); i++) {
            NodeList cells = (NodeList) xpath.evaluate("th|td", rows.item(i), XPathConstants.NODESET);
            lines.add(IntStream.range(0, cells.getLength())
                    .mapToObj(j -> cells.item(j).getTextContent())
                    .reduce((a, b) -> a + "|" + b)
                    .orElse(""));
        }
        return lines;
    }
}
