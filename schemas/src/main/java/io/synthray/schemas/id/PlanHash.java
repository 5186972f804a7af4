package io.synthray.schemas.id;

import io.synthray.event.StudyPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/** Identity of a plan: SHA-256 over its Avro binary form (Avro specification, "Binary encoding"). */
public final class PlanHash {
    private PlanHash() {}

    /** 64 hex digits; equal plans, equal hashes. */
    public static String of(StudyPlan plan) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<>(StudyPlan.class).write(plan, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Digest().add(bytes.toByteArray()).hex();
    }
}
