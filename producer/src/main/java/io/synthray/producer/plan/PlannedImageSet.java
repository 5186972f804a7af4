package io.synthray.producer.plan;

import io.synthray.event.SyntheticPlan;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.schemas.id.ImageSetId;
import java.util.List;

/**
 * One image set of a plan.
 *
 * @param id study, arm and image set
 * @param synthetic how its images are made
 * @param cases real cases whose masks condition the images, taken in turn by index; never empty
 */
public record PlannedImageSet(ImageSetId id, SyntheticPlan synthetic, List<DatasetCase> cases) {
    /** The real case whose mask conditions image {@code index}. */
    public DatasetCase conditioning(int index) {
        return cases.get(index % cases.size());
    }
}
