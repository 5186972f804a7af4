package io.synthray.schemas.topic;

/** Topics or share groups at the broker are not as the catalogue defines them; the message lists every difference. */
public final class TopicSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TopicSettingsException(String message) {
        super(message);
    }
}
