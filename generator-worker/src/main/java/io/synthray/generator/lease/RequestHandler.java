package io.synthray.generator.lease;

import io.synthray.generator.retry.Claim;
import java.util.concurrent.CompletableFuture;

/** Does what a request asks for. */
@FunctionalInterface
public interface RequestHandler {
    /**
     * Works on a record until its end is safely at the broker. May block for as long as a server takes to answer, so it is not
     * called on a consumer's thread.
     *
     * @param claim when given up, no new step is begun and the record is released
     * @return what to tell the share group; never fails but for a fault in the program
     */
    CompletableFuture<Disposition> handle(Delivery delivery, Claim claim);
}
