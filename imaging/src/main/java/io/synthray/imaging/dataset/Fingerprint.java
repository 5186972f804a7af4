package io.synthray.imaging.dataset;

import io.synthray.imaging.digest.Sha256;
import java.util.Map;
import java.util.TreeMap;

/**
 * The hash of a data set's listing: SHA-256 over a line {@code synthray-dataset 1}, a line {@code structures NAME,NAME,...},
 * then for each case in the order of keys a line {@code KEY GROUP SPLIT LABEL=0,LABEL=1,...} with the key of the group and the
 * labels ordered by name, {@code ?} for one that is not known. Every line ends with a line feed; the text is in UTF-8. Pixels do not enter, so it is quick.
 */
final class Fingerprint {

    private Fingerprint() {}

    static String of(Dataset dataset) {
        StringBuilder canonical = new StringBuilder("synthray-dataset 1\nstructures ");
        canonical.append(String.join(",", dataset.structures())).append('\n');
        for (DatasetCase c : dataset.cases()) {
            canonical.append(c.key()).append(' ').append(CaseKey.of(c.group())).append(' ');
            canonical
                    .append(c.split().word())
                    .append(' ')
                    .append(labels(c.labels()))
                    .append('\n');
        }
        return Sha256.hex(canonical.toString());
    }

    private static String digit(Boolean value) {
        return value == null ? "?" : value ? "1" : "0";
    }

    private static String labels(Map<String, Boolean> labels) {
        return String.join(
                ",",
                new TreeMap<>(labels)
                        .entrySet().stream()
                                .map(label -> label.getKey() + "=" + digit(label.getValue()))
                                .toList());
    }
}
