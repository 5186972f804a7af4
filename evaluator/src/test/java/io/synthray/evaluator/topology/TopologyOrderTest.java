package io.synthray.evaluator.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.synthray.evaluator.fixture.Studies;
import io.synthray.evaluator.reconcile.Archive.Answer;
import io.synthray.evaluator.topology.TopologyHarness.Input;
import io.synthray.event.StudyPlan;
import io.synthray.event.StudySeal;
import io.synthray.event.TrialRequest;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.specific.SpecificRecord;

/** Submission and images in any order, then results in any order: the same manifests, trials, statistics and state. */
class TopologyOrderTest {
    private static final StudyPlan PLAN = Studies.plan("s", 2, 2, 0);

    @Provide
    Arbitrary<List<Input>> making() {
        return Arbitraries.shuffle(inputsBeforeTrials());
    }

    @Provide
    Arbitrary<List<TrialId>> training() {
        return Arbitraries.shuffle(Studies.trialIds(PLAN));
    }

    @Property(tries = 12)
    void outputsAreTheSame(@ForAll("making") List<Input> making, @ForAll("training") List<TrialId> training) {
        assertEquals(outputs(inputsBeforeTrials(), Studies.trialIds(PLAN)), outputs(making, training));
    }

    private static List<Input> inputsBeforeTrials() {
        List<Input> inputs = new ArrayList<>();
        inputs.add(new Input(TopicCatalogue.STUDIES, "s", Studies.study(PLAN, StudySeal.OPEN)));
        inputs.add(new Input(TopicCatalogue.STUDIES, "s", Studies.study(PLAN, StudySeal.SEALED)));
        for (RequestId id : Studies.requestIds(PLAN)) {
            inputs.add(new Input(TopicCatalogue.GENERATION_REQUESTS, id.key(), Studies.request(id)));
            inputs.add(new Input(TopicCatalogue.IMAGES, id.imageSet().key(), Studies.image(id, "one")));
            inputs.add(new Input(TopicCatalogue.IMAGES, id.imageSet().key(), Studies.image(id, "two")));
        }
        return inputs;
    }

    private static Map<String, SpecificRecord> outputs(List<Input> making, List<TrialId> training) {
        Map<String, SpecificRecord> outputs = new TreeMap<>();
        try (TopologyHarness topology = new TopologyHarness((topic, at) -> new Answer.Unknown())) {
            making.forEach(topology::send);
            List<TrialRequest> trials = topology.read(TopicCatalogue.TRIALS);
            trials.forEach(trial -> assertEquals(null, outputs.put("trial " + trial.getTrial(), trial)));
            assertEquals(6, trials.size());
            training.forEach(trial -> topology.send(
                    TopicCatalogue.TRIAL_RESULTS, trial.key() + "/0", Studies.result(trial, Studies.dice(trial))));
            topology.aSecondPasses();
            for (Topic<?> topic :
                    List.of(TopicCatalogue.MANIFESTS, TopicCatalogue.STATISTICS, TopicCatalogue.STUDY_STATES)) {
                topology.readKeyed(topic).forEach((key, value) -> outputs.put(topic.name() + " " + key, value));
            }
        }
        assertEquals(6 + 3 + 3 + 1, outputs.size());
        return outputs;
    }
}
