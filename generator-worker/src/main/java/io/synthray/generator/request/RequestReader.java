package io.synthray.generator.request;

import io.synthray.event.GenerationRequest;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.serde.EventDecoder;
import io.synthray.schemas.serde.UndecodableEventException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads requests from records and checks that key and ids agree. */
final class RequestReader {
    private final EventDecoder<GenerationRequest> decoder;

    RequestReader(EventDecoder<GenerationRequest> decoder) {
        this.decoder = decoder;
    }

    /**
     * The request that a record holds.
     *
     * @throws UnreadableRequestException when it holds none
     * @throws io.synthray.schemas.serde.RegistryException when the registry does not answer
     */
    GenerationRequest read(ConsumerRecord<byte[], byte[]> record) {
        GenerationRequest request = decode(record.value());
        RequestId named;
        try {
            named = new RequestId(
                    new ImageSetId(request.getStudy(), request.getArm(), request.getImageSet()), request.getIndex());
        } catch (IllegalArgumentException e) {
            throw new UnreadableRequestException(e.getMessage(), e);
        }
        if (!named.key().equals(request.getRequest())) {
            throw new UnreadableRequestException(
                    "expected request '%s' as its fields name it, found '%s'".formatted(named, request.getRequest()),
                    null);
        }
        if (!id(record).equals(Optional.of(named))) {
            throw new UnreadableRequestException(
                    "expected key '%s' as its request, found %s"
                            .formatted(
                                    named, id(record).map(id -> "'" + id + "'").orElse("one that is no request")),
                    null);
        }
        return request;
    }

    /** A decoder belongs to one thread at a time. */
    private synchronized GenerationRequest decode(byte[] value) {
        try {
            return decoder.decode(value);
        } catch (UndecodableEventException e) {
            throw new UnreadableRequestException(e.getMessage(), e);
        }
    }

    /** The request that the record's key names, if it does. */
    static Optional<RequestId> id(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(RequestId.parse(new String(record.key(), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
