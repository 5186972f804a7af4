package io.synthray.producer.plan;

import io.synthray.event.StudyPlan;
import io.synthray.schemas.id.PlanHash;
import java.util.List;

/**
 * A study that is ready to be submitted.
 *
 * @param plan what is published
 * @param hash the plan's identity, 64 hex digits
 * @param requests the generation requests that follow from the plan
 * @param references real images that synthetic ones are held against, where the plan wants that
 * @param warnings what a person should know about the dataset, a sentence each
 */
public record PlannedStudy(
        StudyPlan plan, String hash, GenerationRequests requests, ReferenceImages references, List<String> warnings) {
    PlannedStudy(StudyPlan plan, GenerationRequests requests, ReferenceImages references, List<String> warnings) {
        this(plan, PlanHash.of(plan), requests, references, List.copyOf(warnings));
    }
}
