package io.synthray.imaging.dataset;

import io.synthray.imaging.digest.Sha256;
import io.synthray.imaging.random.CounterRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The real train cases of one repeat. It depends on the cases' ids, patients and labels and on the seed, not on the order of files.
 *
 * @param cases the chosen cases in random order, those of a patient together
 * @param digest SHA-256 in hexadecimal over the cases' keys in this order, each followed by a line feed
 */
public record RealSubset(List<DatasetCase> cases, String digest) {

    /** Keeps a copy of the list. */
    public RealSubset {
        cases = List.copyOf(cases);
    }

    /** Draws a subset without regard to labels; see {@link #choose(Dataset, int, long, List)}. */
    public static RealSubset choose(Dataset dataset, int n, long seed) {
        return choose(dataset, n, seed, List.of());
    }

    /**
     * Draws a subset of the train cases. Patients are shuffled (Fisher-Yates with stream 0 of {@link CounterRandom}, from the order
     * of their keys). First come, in that order, patients that bring a class a positive or negative case that it lacks; then the
     * others as they fit. A patient is cut short only if no whole patient fits.
     *
     * @param n number of cases, 1 to the number of train cases
     * @param classes labels of which positive and negative cases are wanted, where there are any and n allows
     * @throws DatasetException if n is out of range or a class is no label of the data set
     */
    public static RealSubset choose(Dataset dataset, int n, long seed, List<String> classes) {
        List<DatasetCase> train = dataset.cases(Split.TRAIN);
        if (n < 1 || n > train.size()) {
            throw new DatasetException(DatasetProblem.error(
                    "real subset", "expected 1 to " + train.size() + " train cases, found " + n, null));
        }
        for (String label : classes) {
            if (!dataset.labels().contains(label)) {
                throw new DatasetException(DatasetProblem.error(
                        "real subset", "expected a class of " + dataset.labels() + ", found '" + label + "'", null));
            }
        }
        List<DatasetCase> chosen = new Draw(shuffledPatients(train, seed), n, classes).run();
        return new RealSubset(
                chosen, Sha256.hex(chosen.stream().map(c -> c.key() + "\n").collect(Collectors.joining())));
    }

    /**
     * The two parts of a repeat's real images.
     *
     * @param training cases that the network learns from
     * @param validation cases that it is watched with
     */
    public record Parts(List<DatasetCase> training, List<DatasetCase> validation) {

        /** Keeps copies. */
        public Parts {
            training = List.copyOf(training);
            validation = List.copyOf(validation);
        }
    }

    /**
     * Takes validation cases out of the subset, so that both parts together are the n real images that the study is said to use. Groups go as a whole, from the
     * end of the random order, as long as they fit.
     *
     * @param validation number of validation cases wanted, 0 to the subset's size minus 1; fewer are taken where the last group that fits leaves a rest
     * @throws IllegalArgumentException if the number is out of range
     */
    public Parts parts(int validation) {
        if (validation < 0 || validation >= cases.size()) {
            throw new IllegalArgumentException(
                    "expected 0 to " + (cases.size() - 1) + " validation cases, found " + validation);
        }
        Map<String, List<DatasetCase>> groups = cases.stream()
                .collect(Collectors.groupingBy(DatasetCase::group, LinkedHashMap::new, Collectors.toList()));
        List<List<DatasetCase>> order = new ArrayList<>(groups.values());
        List<DatasetCase> taken = new ArrayList<>();
        for (int i = order.size() - 1; i >= 0; i--) {
            if (taken.size() + order.get(i).size() <= validation) {
                taken.addAll(order.get(i));
            }
        }
        return new Parts(cases.stream().filter(c -> !taken.contains(c)).toList(), taken);
    }

    private static List<List<DatasetCase>> shuffledPatients(List<DatasetCase> train, long seed) {
        Map<String, List<DatasetCase>> byPatient = train.stream()
                .sorted(Comparator.comparing(DatasetCase::key))
                .collect(Collectors.groupingBy(c -> CaseKey.of(c.group()), TreeMap::new, Collectors.toList()));
        List<List<DatasetCase>> patients = new ArrayList<>(byPatient.values());
        CounterRandom random = new CounterRandom(seed, 0);
        for (int i = patients.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            patients.set(j, patients.set(i, patients.get(j)));
        }
        return patients;
    }

    /** One draw: takes patients from a shuffled list until there are enough cases. */
    private static final class Draw {

        private final List<List<DatasetCase>> patients;
        private final int n;
        private final List<String> classes;
        private final Map<Integer, List<DatasetCase>> taken = new LinkedHashMap<>();
        private int count;

        Draw(List<List<DatasetCase>> patients, int n, List<String> classes) {
            this.patients = patients;
            this.n = n;
            this.classes = classes;
        }

        List<DatasetCase> run() {
            for (String label : classes) {
                cover(label, true);
                cover(label, false);
            }
            for (int i = 0; i < patients.size(); i++) {
                takeIfFits(i);
            }
            for (int i = 0; i < patients.size() && count < n; i++) {
                if (!taken.containsKey(i)) {
                    take(i, patients.get(i).subList(0, n - count));
                }
            }
            return new TreeMap<>(taken).values().stream().flatMap(List::stream).toList();
        }

        private void cover(String label, boolean value) {
            boolean covered = taken.values().stream().flatMap(List::stream).anyMatch(c -> has(c, label, value));
            for (int i = 0; i < patients.size() && !covered; i++) {
                covered = patients.get(i).stream().anyMatch(c -> has(c, label, value)) && takeIfFits(i);
            }
        }

        private static boolean has(DatasetCase c, String label, boolean value) {
            return Boolean.valueOf(value).equals(c.labels().get(label));
        }

        private boolean takeIfFits(int patient) {
            List<DatasetCase> group = patients.get(patient);
            if (taken.containsKey(patient) || count + group.size() > n) {
                return false;
            }
            take(patient, group);
            return true;
        }

        private void take(int patient, List<DatasetCase> group) {
            taken.put(patient, group);
            count += group.size();
        }
    }
}
