package io.synthray.producer.report;

import io.synthray.event.ImageSetScope;
import io.synthray.event.Statistics;
import io.synthray.event.SyntheticPlan;

/** What limits the conclusion that may be drawn from an arm. */
enum Label {
    EXTRA_DATA(
            "extra data",
            "the generator has seen more than the arm's real images, so a gain may come from what it has seen and is no"
                    + " evidence that synthesis makes more of the same few images."),
    SHARED_IMAGE_SET(
            "shared image set",
            "one set of synthetic images serves all repeats, so the inference is conditional on that one set and"
                    + " generator; repeats do not vary them.");

    private final String word;
    private final String meaning;

    Label(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    String word() {
        return word;
    }

    String meaning() {
        return meaning;
    }

    boolean appliesTo(Statistics statistics) {
        return this == EXTRA_DATA ? statistics.getExtraData() : statistics.getSharedImageSet();
    }

    boolean appliesTo(SyntheticPlan synthetic) {
        return this == EXTRA_DATA ? synthetic.getExtraData() : synthetic.getScope() == ImageSetScope.SHARED;
    }
}
