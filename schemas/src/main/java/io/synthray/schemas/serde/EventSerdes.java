package io.synthray.schemas.serde;

import io.apicurio.registry.resolver.client.RegistryClientFacade;
import io.apicurio.registry.resolver.client.RegistryClientFacadeFactory;
import io.apicurio.registry.resolver.config.SchemaResolverConfig;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicNames;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serdes of the catalogue's topics: magic byte 0, 4-byte schema id, Avro binary (the Confluent wire format), through the
 * registry, which all serdes of one object ask by one client. Schemas are registered beforehand ({@link SchemaRegistrar}); a
 * producer never registers one.
 */
public final class EventSerdes {
    private final Map<String, Object> properties;
    private final RegistryClientFacade registry;

    /** @param settings how to reach the registry */
    public EventSerdes(RegistrySettings settings) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("apicurio.registry.url", settings.url() + "/apis/registry/v3");
        all.put("apicurio.registry.auto-register", "false");
        all.put("apicurio.registry.find-latest", "false");
        // Without it, nested records are looked up as references, and no schema that was registered whole is found.
        all.put("apicurio.registry.dereference-schema", "true");
        all.put("apicurio.registry.use-specific-avro-reader", "true");
        all.put("apicurio.registry.avro-datum-provider", DatumsBySchema.class.getName());
        all.put("apicurio.registry.headers.enabled", "false");
        // The default is a Vert.x, whose threads and timers never rest.
        all.put("apicurio.registry.http.adapter", "JDK");
        all.putAll(settings.properties());
        this.properties = Map.copyOf(all);
        this.registry = RegistryClientFacadeFactory.create(new SchemaResolverConfig(properties));
    }

    /** Serde of the topic's values; {@code null} stands for a tombstone. Not shared: close it with its client. */
    public <T extends SpecificRecord> Serde<T> serde(Topic<T> topic) {
        return Serdes.serdeFrom(serializer(topic), deserializer(topic));
    }

    /** Serializer of the topic's values. */
    public <T extends SpecificRecord> Serializer<T> serializer(Topic<T> topic) {
        Serializer<T> serializer = new AvroKafkaSerializer<>(registry);
        serializer.configure(properties, false);
        return serializer;
    }

    /** Serializer for producers that write to several topics: the registry is asked by topic name. */
    public Serializer<SpecificRecord> serializer() {
        Serializer<SpecificRecord> serializer = new AvroKafkaSerializer<>(registry);
        serializer.configure(properties, false);
        return serializer;
    }

    /** Deserializer of the topic's values. */
    public <T extends SpecificRecord> Deserializer<T> deserializer(Topic<T> topic) {
        Deserializer<T> deserializer = new AvroKafkaDeserializer<>(registry);
        deserializer.configure(properties, false);
        return deserializer;
    }

    /** Decoder that tells a record that cannot be read from a registry that does not answer. */
    public <T extends SpecificRecord> EventDecoder<T> decoder(Topic<T> topic, TopicNames names) {
        return new EventDecoder<>(topic, names.of(topic), deserializer(topic));
    }
}
