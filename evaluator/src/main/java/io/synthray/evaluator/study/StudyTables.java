package io.synthray.evaluator.study;

import io.synthray.evaluator.event.StudyEvent;
import io.synthray.event.ReferenceChunk;
import io.synthray.event.Statistics;
import io.synthray.event.Study;
import io.synthray.event.Subgroups;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.TrialId;
import java.util.List;

/**
 * Everything that is remembered of studies.
 *
 * @param plans study: the plan
 * @param progress study: what is counted of the study as a whole
 * @param waiting study/sequence: events that came before their plan
 * @param imageSets study/arm/image set: counts
 * @param imageChunks study/arm/image set/first index: what became of requests, the index with ten digits; until the set has ended
 * @param imagePages study/arm/image set/first index: canonical images, the index with ten digits; until the set has ended
 * @param trials study/arm/repeat: state of a trial
 * @param cases study/arm/repeat/chunk: what a trial measured on test cases; until the study has ended
 * @param rosters study/digest: which test cases those are; until the study has ended
 * @param statistics study/comparison: what was published last
 * @param subgroups study/comparison: what was published last
 * @param stops study/arm: arms stopped early
 * @param quarantine study: records that are not counted
 * @param openTrials trial: trial requests without a result
 * @param references study/side/chunk: features of real images
 * @param fidelity study/arm/image set: features of its images, but for products and sample
 * @param products study/arm/image set/block: sums of products of features
 * @param samples study/arm/image set/block: images with the smallest request hashes
 */
public record StudyTables(
        Table<String, Study> plans,
        Table<String, StudyProgress> progress,
        Table<String, List<StudyEvent>> waiting,
        Table<ImageSetId, ImageSetTally> imageSets,
        Table<IndexRange, ImageChunk> imageChunks,
        Table<IndexRange, ImagePage> imagePages,
        Table<TrialId, TrialState> trials,
        Table<String, CaseAnswers> cases,
        Table<String, CaseRoster> rosters,
        Table<String, Statistics> statistics,
        Table<String, Subgroups> subgroups,
        Table<String, StoppedArm> stops,
        Table<String, Quarantine> quarantine,
        Table<TrialId, Pending> openTrials,
        Table<String, ReferenceChunk> references,
        Table<String, FidelityHead> fidelity,
        Table<String, long[]> products,
        Table<String, List<SampledImage>> samples) {}
