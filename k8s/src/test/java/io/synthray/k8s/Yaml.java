package io.synthray.k8s;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML; a key that comes twice is an error. */
final class Yaml {
    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setSchema(new WithMergeKeys()).build();

    private Yaml() {}

    /** Docker Compose understands merge keys ({@code <<}), which YAML 1.2 has no more. */
    private static final class WithMergeKeys extends CoreSchema {
        @Override
        public ScalarResolver getScalarResolver() {
            return new CoreScalarResolver(true);
        }
    }

    /** The documents that are not empty, each a mapping. */
    static List<Map<?, ?>> documents(String text) {
        List<Map<?, ?>> documents = new ArrayList<>();
        for (Object document : new Load(SETTINGS).loadAllFromString(text)) {
            if (document != null) {
                documents.add((Map<?, ?>) document);
            }
        }
        return documents;
    }
}
