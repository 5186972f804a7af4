package io.synthray.schemas.topic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * A topic as the catalogue defines it.
 *
 * @param name name without prefix, for instance {@code generation.requests}
 * @param key what the string key is made of, for people
 * @param type record class of the values
 * @param partitions number of partitions
 * @param cleanup what becomes of old records
 * @param retention how long records are kept; {@link #FOREVER} for no limit
 * @param <T> record class of the values
 */
public record Topic<T extends SpecificRecord>(
        String name, String key, Class<T> type, int partitions, Cleanup cleanup, Duration retention) {
    /** No limit of time. */
    public static final Duration FOREVER = Duration.ofMillis(-1);

    /** What becomes of old records. */
    public enum Cleanup {
        /** Records go after the retention. */
        DELETE,
        /** The newest record of each key stays. */
        COMPACT;

        String setting() {
            return this == DELETE ? "delete" : "compact";
        }
    }

    /** The values' schema. */
    public Schema schema() {
        return SpecificData.get().getSchema(type);
    }

    /** Topic settings at the broker that differ from a broker's defaults or must not depend on them. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("cleanup.policy", cleanup.setting());
        settings.put("retention.ms", Long.toString(retention.toMillis()));
        settings.put("max.message.bytes", "1048588");
        settings.put("message.timestamp.type", "CreateTime");
        return settings;
    }
}
