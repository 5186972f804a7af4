package io.synthray.producer.submit;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;

/**
 * Where the partitions of requests ended when a study was opened, as a header of the study's OPEN record ({@code 3:120,17:44}): a submit
 * that goes on after another looks for its requests from there, not from the beginning of a topic that is kept for ever.
 */
final class OpeningOffsets {
    private static final String HEADER = "synthray-request-offsets";

    private OpeningOffsets() {}

    static void write(Headers headers, Map<Integer, Long> offsets) {
        String text = new TreeMap<>(offsets)
                .entrySet().stream().map(e -> e.getKey() + ":" + e.getValue()).collect(Collectors.joining(","));
        headers.add(HEADER, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The offsets by partition; empty where there is no such header or it is spelt otherwise. */
    static Map<Integer, Long> read(Headers headers) {
        var header = headers.lastHeader(HEADER);
        if (header == null || header.value() == null) {
            return Map.of();
        }
        String text = new String(header.value(), StandardCharsets.US_ASCII);
        if (!text.matches("(\\d{1,9}:\\d{1,18}(,\\d{1,9}:\\d{1,18})*)?")) {
            return Map.of();
        }
        Map<Integer, Long> offsets = new HashMap<>();
        for (String pair : text.split(",", -1)) {
            int colon = pair.indexOf(':');
            if (colon > 0) {
                offsets.put(Integer.valueOf(pair.substring(0, colon)), Long.valueOf(pair.substring(colon + 1)));
            }
        }
        return offsets;
    }
}
