package io.synthray.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.util.Map;

/**
 * Turns what YAML gave into typed objects and refuses every property that the type does not have. The Kubernetes and Strimzi models
 * would keep such properties aside; a cluster would refuse or, worse, drop them.
 */
final class Strict {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .setAnnotationIntrospector(new NothingKeptAside())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private Strict() {}

    private static final class NothingKeptAside extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    /** @throws AssertionError naming the property that the type does not have, or whose value it cannot be */
    static <T> T read(Map<?, ?> tree, Class<T> type) {
        JavaType java = MAPPER.constructType(type);
        try {
            // By way of text: values are converted as a server would, and not cast.
            return MAPPER.readValue(MAPPER.writeValueAsString(tree), java);
        } catch (JsonProcessingException e) {
            throw new AssertionError(
                    "%s %s: %s".formatted(tree.get("kind"), tree.get("metadata"), e.getOriginalMessage()), e);
        }
    }
}
