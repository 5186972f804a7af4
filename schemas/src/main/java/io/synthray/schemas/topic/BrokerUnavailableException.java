package io.synthray.schemas.topic;

/** The broker did not answer in time or refused; the message names its address. */
public final class BrokerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
