package io.synthray.schemas.topic;

/**
 * Names at the broker: prefix and catalogue name, so that several installations can share a broker.
 *
 * @param prefix for instance {@code synthray.}; may be empty
 */
public record TopicNames(String prefix) {
    /** The prefix of an installation that sets none. */
    public static final TopicNames DEFAULT = new TopicNames("synthray.");

    /** @throws IllegalArgumentException when the prefix has characters that Kafka refuses in names */
    public TopicNames {
        if (!prefix.matches("[a-zA-Z0-9._-]{0,100}")) {
            throw new IllegalArgumentException(
                    "topic prefix '%s': expected at most 100 letters, digits, '.', '_' or '-'".formatted(prefix));
        }
    }

    /** The topic's name at the broker. */
    public String of(Topic<?> topic) {
        return prefix + topic.name();
    }

    /** The group's id at the broker. */
    public String of(ShareGroup group) {
        return prefix + group.name();
    }
}
