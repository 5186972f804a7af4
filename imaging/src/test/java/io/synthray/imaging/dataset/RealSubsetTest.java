package io.synthray.imaging.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.imaging.digest.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RealSubsetTest {

    private final PhantomDataset dataset = new PhantomDataset(1, 200, 40);

    @Test
    void equalSeedsGiveEqualSubsets() {
        RealSubset subset = RealSubset.choose(dataset, 16, 7);
        assertEquals(subset, RealSubset.choose(new PhantomDataset(1, 200, 40), 16, 7));
        assertNotEquals(subset.digest(), RealSubset.choose(dataset, 16, 8).digest());
        assertEquals(16, Set.copyOf(subset.cases()).size());
        assertTrue(subset.cases().stream().allMatch(c -> c.split() == Split.TRAIN));
        assertEquals(
                Sha256.hex(subset.cases().stream().map(c -> c.key() + "\n").collect(Collectors.joining())),
                subset.digest());
    }

    @Test
    void patientsAreNotSplit() {
        Map<String, Long> sizes =
                dataset.cases().stream().collect(Collectors.groupingBy(DatasetCase::patientId, Collectors.counting()));
        for (long seed = 0; seed < 50; seed++) {
            Map<String, Integer> chosen = new HashMap<>();
            RealSubset.choose(dataset, 15, seed).cases().forEach(c -> chosen.merge(c.patientId(), 1, Integer::sum));
            chosen.forEach((patient, count) -> assertEquals(sizes.get(patient), (long) count));
        }
    }

    @Test
    void aPatientIsCutShortOnlyWhereNothingElseFits() {
        List<DatasetCase> whole = RealSubset.choose(dataset, 200, 1).cases();
        assertEquals(Set.copyOf(dataset.cases(Split.TRAIN)), Set.copyOf(whole));
        PhantomDataset twoOfOnePatient = new PhantomDataset(1, 2, 1);
        assertEquals(1, RealSubset.choose(twoOfOnePatient, 1, 1).cases().size());
    }

    @Test
    void everyClassIsPresentBothWays() {
        for (long seed = 0; seed < 30; seed++) {
            List<DatasetCase> cases =
                    RealSubset.choose(dataset, 12, seed, dataset.labels()).cases();
            assertEquals(12, cases.size());
            for (String label : dataset.labels()) {
                assertEquals(
                        Set.of(true, false),
                        cases.stream().map(c -> c.labels().get(label)).collect(Collectors.toSet()),
                        label);
            }
        }
    }

    @Test
    void everyTrainCaseIsChosenAboutEquallyOften() {
        Map<String, Integer> counts = new HashMap<>();
        for (long seed = 0; seed < 2000; seed++) {
            RealSubset.choose(dataset, 20, seed).cases().forEach(c -> counts.merge(c.id(), 1, Integer::sum));
        }
        assertEquals(200, counts.size());
        // Expected 2000 * 20 / 200 = 200, standard deviation about 13.4; six of them for 200 counts at once.
        counts.values().forEach(count -> assertEquals(200, count, 6 * 13.4));
    }

    @Test
    void impossibleSubsetsAreRefused() {
        assertEquals(
                "real subset: expected 1 to 200 train cases, found 201",
                assertThrows(DatasetException.class, () -> RealSubset.choose(dataset, 201, 1))
                        .getMessage());
        assertThrows(DatasetException.class, () -> RealSubset.choose(dataset, 0, 1));
        assertThrows(DatasetException.class, () -> RealSubset.choose(dataset, 5, 1, List.of("gout")));
        assertThrows(DatasetException.class, () -> new PhantomDataset(1, 0, 5));
    }

    /** Both parts are the n images; no group is in both. */
    @Test
    void validationCasesAreCountedWithinTheSubset() {
        RealSubset subset = RealSubset.choose(new PhantomDataset(3, 60, 10), 30, 5);
        for (int wanted : new int[] {0, 1, 6, 29}) {
            RealSubset.Parts parts = subset.parts(wanted);
            assertEquals(30, parts.training().size() + parts.validation().size());
            assertTrue(
                    parts.validation().size() <= wanted && parts.validation().size() >= wanted - 3, "wanted " + wanted);
            Set<String> training =
                    parts.training().stream().map(DatasetCase::group).collect(java.util.stream.Collectors.toSet());
            assertTrue(parts.validation().stream().noneMatch(c -> training.contains(c.group())));
            assertEquals(parts, subset.parts(wanted));
        }
    }
}
