package io.synthray.generator.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Position A = new Position(3, 7);
    private static final Position B = new Position(3, 8);
    private static final Position C = new Position(5, 7);

    private final Leases leases = new Leases(Duration.ofSeconds(5));

    @Test
    void whatIsNewBeginsAndWhatIsRenewedGoesOn() {
        assertEquals(List.of(A, B), leases.polled(List.of(A, B), 0));
        assertEquals(List.of(C), leases.polled(List.of(A, C), SECOND));
    }

    @Test
    void everyRecordIsAcknowledgedOnceItsWorkHasEnded() {
        leases.polled(List.of(A, B), 0);
        leases.settle(A, Disposition.ACCEPT);
        assertFalse(leases.isSettled());
        leases.settle(B, Disposition.RELEASE);
        assertTrue(leases.isSettled());
        assertEquals(Map.of(A, AcknowledgeType.ACCEPT, B, AcknowledgeType.RELEASE), leases.report(SECOND));
        assertTrue(leases.isEmpty());
    }

    @Test
    void whatHasEndedIsAcknowledgedWhileTheRestIsRenewed() {
        leases.polled(List.of(A, B, C), 0);
        assertEquals(5 * SECOND, leases.untilRenewal(0));
        assertEquals(-SECOND, leases.untilRenewal(6 * SECOND));
        leases.settle(B, Disposition.ACCEPT);
        assertEquals(
                Map.of(A, AcknowledgeType.RENEW, B, AcknowledgeType.ACCEPT, C, AcknowledgeType.RENEW),
                leases.report(6 * SECOND));
        assertEquals(5 * SECOND, leases.untilRenewal(6 * SECOND));
        assertFalse(leases.isEmpty());
        assertEquals(List.of(), leases.polled(List.of(A, C), 6 * SECOND));
    }

    @Test
    void whatEndedNeedsNoRenewal() {
        leases.polled(List.of(A), 0);
        leases.settle(A, Disposition.ACCEPT);
        assertEquals(Long.MAX_VALUE, leases.untilRenewal(100 * SECOND));
    }

    @Test
    void whatDoesNotComeBackIsMissing() {
        leases.polled(List.of(A, B), 0);
        assertEquals(Set.of(A), leases.missing(List.of(B, C)));
        assertEquals(Set.of(), leases.missing(List.of(B, A)));
    }
}
