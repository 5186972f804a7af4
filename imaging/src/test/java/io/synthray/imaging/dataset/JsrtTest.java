package io.synthray.imaging.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synthray.imaging.mask.Structures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real radiographs of JSRT, where they are. */
class JsrtTest {

    private static FolderDataset jsrt;

    @BeforeAll
    static void open() {
        Path folder = Path.of(System.getProperty("synthray.root"), "..", "shared", "data", "jsrt");
        assumeTrue(Files.isDirectory(folder), "no JSRT radiographs at " + folder);
        jsrt = FolderDataset.open(folder);
    }

    @Test
    void splitsAndLabels() {
        assertEquals(198, jsrt.cases().size());
        assertEquals(150, jsrt.cases(Split.TRAIN).size());
        assertEquals(48, jsrt.cases(Split.TEST).size());
        assertEquals(List.of("nodule"), jsrt.labels());
        assertEquals(Structures.BIT_SET, jsrt.structures());
        jsrt.cases()
                .forEach(
                        c -> assertEquals(c.id().startsWith("JPCLN"), c.labels().get("nodule")));
    }

    @Test
    void washedOutImagesAreFoundAndNothingElse() {
        List<String> washedOut = jsrt.check().stream()
                .filter(problem -> {
                    assertEquals(DatasetProblem.Severity.WARNING, problem.severity(), problem.toString());
                    return problem.message().startsWith("washed out");
                })
                .map(DatasetProblem::location)
                .sorted()
                .toList();
        assertEquals(
                List.of("031", "037", "078", "083", "094", "117", "122").stream()
                        .map(number -> "images/JPCLN" + number + ".png")
                        .toList(),
                washedOut);
    }

    @Test
    void structuresHaveTheAreasThatAnatomyExpects() {
        Map<String, Double> areas = new HashMap<>();
        for (DatasetCase c : jsrt.cases(Split.TEST)) {
            jsrt.mask(c, 64)
                    .planes()
                    .forEach((name, plane) -> areas.merge(name, plane.area() / 4096.0 / 48, Double::sum));
        }
        assertEquals(0.14, areas.get(Structures.LEFT_LUNG), 0.03);
        assertEquals(0.17, areas.get(Structures.RIGHT_LUNG), 0.03);
        assertEquals(0.09, areas.get(Structures.HEART), 0.02);
        assertTrue(areas.get(Structures.LEFT_CLAVICLE) > 0.005 && areas.get(Structures.LEFT_CLAVICLE) < 0.02);
    }

    @Test
    void subsetsOfRepeatsDiffer() {
        assertEquals(150, RealSubset.choose(jsrt, 150, 1).cases().size());
        assertTrue(!RealSubset.choose(jsrt, 8, 1)
                .digest()
                .equals(RealSubset.choose(jsrt, 8, 2).digest()));
    }
}
