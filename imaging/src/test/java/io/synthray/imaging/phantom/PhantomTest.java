package io.synthray.imaging.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.imaging.digest.Sha256;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Structures;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PhantomTest {

    @Test
    void findingsWithAnOutlineAreInTheMask() {
        Map<String, String> labels = Map.of(
                "pneumothorax",
                Structures.PNEUMOTHORAX,
                "fracture",
                Structures.RIB_FRACTURE,
                "tube",
                Structures.CHEST_TUBE);
        for (long i = 0; i < 60; i++) {
            PhantomCase phantomCase = PHANTOM.at(i);
            Mask mask = PHANTOM.mask(i, 128);
            labels.forEach((label, structure) -> assertEquals(
                    phantomCase.labels().get(label),
                    mask.plane(structure).orElseThrow().area() > 0,
                    phantomCase.id() + " " + structure));
        }
    }

    private static final Phantom PHANTOM = new Phantom(1);

    @Test
    void imagesDependOnSeedAndIndexOnly() {
        GreyImage image = PHANTOM.image(17, 64);
        PHANTOM.image(3, 64);
        assertEquals(image, new Phantom(1).image(17, 64));
        assertNotEquals(image, new Phantom(2).image(17, 64));
        assertNotEquals(image, PHANTOM.image(18, 64));
    }

    /** A change of these is a change of the built-in data set: models must be trained again and numbers in docs renewed. */
    @Test
    void phantomsStayWhatTheyWere() {
        assertEquals(
                "4aae9701cf133dc43b76b3846c364c3c07bf7f2e54d5425cd782d329da6861d5",
                Sha256.hex(PHANTOM.image(17, 64).toBytes()));
        assertEquals(
                "bb9be306a6f969949b97d22c65d6ba770855307cada8bc1edb7293a2d81a4010",
                PHANTOM.mask(17, 64).sha256());
        assertEquals(
                "frontal chest radiograph left pleural effusion cardiomegaly",
                PHANTOM.at(2).prompt());
    }

    @Test
    void masksLieWhereTheyDoInRealRadiographs() {
        for (long i = 0; i < 20; i++) {
            Mask mask = PHANTOM.mask(i, 64);
            assertEquals(Set.copyOf(Structures.DRAWN), mask.planes().keySet());
            // Areas of the JSRT masks lie around 0.14 (left lung), 0.17 (right lung), 0.09 (heart), 0.01 (clavicle).
            assertBetween(0.07, 0.26, area(mask, Structures.LEFT_LUNG));
            assertBetween(0.10, 0.30, area(mask, Structures.RIGHT_LUNG));
            assertBetween(0.05, 0.25, area(mask, Structures.HEART));
            assertBetween(0.004, 0.02, area(mask, Structures.LEFT_CLAVICLE));
            assertBetween(0.004, 0.02, area(mask, Structures.RIGHT_CLAVICLE));
            assertTrue(centre(mask, Structures.LEFT_LUNG) > 0.6, "the left lung is on the image's right");
            assertTrue(centre(mask, Structures.RIGHT_LUNG) < 0.4, "the right lung is on the image's left");
        }
    }

    @Test
    void lungsAreDarkerThanTheHeart() {
        for (long index : withoutFindings(10)) {
            GreyImage image = PHANTOM.image(index, 64);
            Mask mask = PHANTOM.mask(index, 64);
            double heart = mean(image, mask, Structures.HEART);
            assertTrue(mean(image, mask, Structures.LEFT_LUNG) < heart - 0.1);
            assertTrue(mean(image, mask, Structures.RIGHT_LUNG) < heart - 0.1);
        }
    }

    @Test
    void findingsChangeTheImageOfTheSamePatient() {
        Thorax thorax = Thorax.draw(new io.synthray.imaging.random.CounterRandom(5, 0));
        for (Finding finding : Finding.values()) {
            for (Side side : Side.values()) {
                Patient ill = Patient.of(
                        thorax,
                        List.of(new LateralFinding(finding, side)),
                        new io.synthray.imaging.random.CounterRandom(5, 1));
                assertTrue(changedPixels(thorax, ill) >= 8, finding + " " + side + " can hardly be seen");
            }
        }
    }

    @Test
    void aboutAQuarterHasNoFindingAndEachFindingOccurs() {
        List<PhantomCase> cases =
                LongStream.range(0, 4000).mapToObj(PHANTOM::at).toList();
        long healthy =
                cases.stream().filter(c -> !c.labels().containsValue(true)).count();
        // Five standard deviations of a binomial count with n = 4000 and p = 1/4.
        assertEquals(1000, healthy, 5 * 27.4);
        for (Finding finding : Finding.values()) {
            long count =
                    cases.stream().filter(c -> c.labels().get(finding.label())).count();
            assertTrue(count > 300 && count < 700, finding + " occurs " + count + " times");
        }
    }

    @Test
    void promptsUseTheVocabularyOnly() {
        Set<String> vocabulary = Set.copyOf(FindingsPrompt.vocabulary());
        LongStream.range(0, 2000)
                .mapToObj(i -> PHANTOM.at(i).prompt())
                .flatMap(prompt -> Stream.of(prompt.split(" ", -1)))
                .forEach(word -> assertTrue(vocabulary.contains(word), word));
        assertEquals(vocabulary.size(), FindingsPrompt.vocabulary().size());
        assertEquals("frontal chest radiograph no finding", FindingsPrompt.of(List.of()));
        assertEquals(
                "frontal chest radiograph pleural effusion edema",
                FindingsPrompt.of(List.of("pleural-effusion", "edema")));
    }

    @Test
    void patientsHaveOneOrTwoImagesAndStayInTheirGroup() {
        List<String> patients =
                LongStream.range(0, 8).mapToObj(i -> PHANTOM.at(i).patientId()).toList();
        assertEquals(
                List.of(0, 0, 1, 2, 3, 3, 4, 5),
                patients.stream()
                        .map(p -> Integer.parseInt(p.substring("patient-".length())))
                        .toList());
        assertEquals(4, Phantom.nextPatientGroup(1));
        assertEquals(4, Phantom.nextPatientGroup(4));
    }

    @Test
    void anySideIsRendered() {
        assertEquals(33, PHANTOM.image(0, 33).height());
        GreyImage small = PHANTOM.image(0, 64).resize(16, 16);
        GreyImage large = PHANTOM.image(0, 128).resize(16, 16);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                assertEquals(large.at(x, y), small.at(x, y), 0.06, "the same anatomy at every size");
            }
        }
        assertThrows(IllegalArgumentException.class, () -> PHANTOM.image(0, 4));
    }

    private static List<Long> withoutFindings(int count) {
        return LongStream.range(0, 1000)
                .filter(i -> !PHANTOM.at(i).labels().containsValue(true))
                .limit(count)
                .boxed()
                .toList();
    }

    private static int changedPixels(Body healthy, Body ill) {
        int changed = 0;
        for (int row = 0; row < 64; row++) {
            for (int column = 0; column < 64; column++) {
                double x = (column + 0.5) / 32 - 1;
                double y = (row + 0.5) / 32 - 1;
                double before = 1 - Math.exp(-healthy.attenuation(x, y));
                double after = 1 - Math.exp(-ill.attenuation(x, y));
                if (Math.abs(after - before) > 0.05) {
                    changed++;
                }
            }
        }
        return changed;
    }

    private static double area(Mask mask, String structure) {
        return mask.plane(structure).orElseThrow().area() / (double) (mask.width() * mask.height());
    }

    private static double centre(Mask mask, String structure) {
        float[] inside = mask.plane(structure).orElseThrow().toArray();
        double sum = 0;
        double count = 0;
        for (int i = 0; i < inside.length; i++) {
            sum += inside[i] * (i % mask.width());
            count += inside[i];
        }
        return sum / count / mask.width();
    }

    private static double mean(GreyImage image, Mask mask, String structure) {
        float[] inside = mask.plane(structure).orElseThrow().toArray();
        float[] pixels = image.toArray();
        double sum = 0;
        double count = 0;
        for (int i = 0; i < inside.length; i++) {
            sum += inside[i] * pixels[i];
            count += inside[i];
        }
        return sum / count;
    }

    private static void assertBetween(double low, double high, double value) {
        assertTrue(value >= low && value <= high, "expected " + low + " to " + high + ", found " + value);
    }
}
