package io.synthray.evaluator.study;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.synthray.evaluator.event.StoredImage;
import io.synthray.event.OutcomeStatus;

/** What became of a generation request. The names of the JSON types are part of the stored format. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fate")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Fate.Made.class, name = "made"),
    @JsonSubTypes.Type(value = Fate.NotMade.class, name = "not-made")
})
public sealed interface Fate {
    /**
     * The canonical image.
     *
     * @param image the first image event of the index
     */
    record Made(StoredImage image) implements Fate {}

    /**
     * No image.
     *
     * @param status how the request ended
     */
    record NotMade(OutcomeStatus status) implements Fate {}
}
