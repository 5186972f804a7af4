package io.synthray.generator.lease;

/** The broker did not renew a lease: the record is or will be somebody else's. */
final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(String why, Throwable cause) {
        super("leases were not renewed: " + why, cause);
    }
}
