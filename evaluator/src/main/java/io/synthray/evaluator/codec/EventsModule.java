package io.synthray.evaluator.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.synthray.event.Study;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import java.io.IOException;
import java.util.function.Function;

/** Ids as their keys, a study as its Avro bytes with the schema's fingerprint in front. */
final class EventsModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    EventsModule() {
        addSerializer(RequestId.class, ToStringSerializer.instance);
        addDeserializer(RequestId.class, new FromKey<>(RequestId.class, RequestId::parse));
        addSerializer(TrialId.class, ToStringSerializer.instance);
        addDeserializer(TrialId.class, new FromKey<>(TrialId.class, TrialId::parse));
        addSerializer(Study.class, new StudySerializer());
        addDeserializer(Study.class, new StudyDeserializer());
    }

    private static final class FromKey<V> extends FromStringDeserializer<V> {
        private static final long serialVersionUID = 1L;

        private final transient Function<String, V> parse;

        FromKey(Class<V> type, Function<String, V> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        protected V _deserialize(String value, DeserializationContext context) {
            return parse.apply(value);
        }
    }

    private static final class StudySerializer extends StdSerializer<Study> {
        private static final long serialVersionUID = 1L;

        StudySerializer() {
            super(Study.class);
        }

        @Override
        public void serialize(Study study, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeBinary(AvroCodec.STUDY.encode(study));
        }
    }

    private static final class StudyDeserializer extends StdDeserializer<Study> {
        private static final long serialVersionUID = 1L;

        StudyDeserializer() {
            super(Study.class);
        }

        @Override
        public Study deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return AvroCodec.STUDY.decode(json.getBinaryValue());
        }
    }
}
