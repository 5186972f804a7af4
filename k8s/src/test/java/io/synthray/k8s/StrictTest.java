package io.synthray.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What a slip of the pen would leave behind is found, whatever kind of resource it is in. */
class StrictTest {
    private static final String BASE = Rendering.of("base");

    @ParameterizedTest
    @CsvSource({
        "readOnlyRootFilesystem:, readOnlyRootFileSystem:",
        "terminationGracePeriodSeconds:, terminationGraceSeconds:",
        "maxUnavailable:, maxUnavailabe:",
        "podSelector:, podselector:",
        "volumeClaimTemplates:, volumeClaims:",
        "backoffLimit:, backofLimit:",
        "accessModes:, accessMode:",
        "clusterIP:, clusterIp:",
        "automountServiceAccountToken:, automountToken:",
        "topicName:, topicname:",
        "partitions:, partition:",
        "metadataVersion:, metadataversion:",
        "kraftMetadata:, kraftMeta:",
        "scaleTargetRef:, scaleTarget:",
        "valueLocation: requests, value: [1]",
        "selectPolicy:, policySelect:",
        "failureThreshold: 90, failureThreshold: often",
        "apiVersion: keda.sh/v1alpha1, apiVersion: keda.sh/v1"
    })
    void slipsAreFound(String right, String wrong) {
        assertTrue(BASE.contains(right), right);
        String text = BASE.replace(right, wrong);
        assertThrows(AssertionError.class, () -> Manifests.read("base", text));
    }

    @Test
    void rightManifestsAreRead() {
        assertEquals(
                Manifests.of("base").all().size(),
                Manifests.read("base", BASE).all().size());
    }

    @Test
    void keysThatComeTwiceAreFound() {
        assertThrows(YamlEngineException.class, () -> Yaml.documents("a: 1\na: 2\n"));
    }

    @Test
    void slipsInComposeAreFound() {
        String text = Project.text("docker-compose.yml");
        for (String[] slip : new String[][] {
            {"stop_grace_period:", "stop_grace:"}, {"cap_drop:", "cap_dropp:"}, {"start_period:", "startperiod:"}
        }) {
            assertTrue(text.contains(slip[0]));
            assertThrows(AssertionError.class, () -> ComposeFile.read(text.replace(slip[0], slip[1])));
        }
    }
}
