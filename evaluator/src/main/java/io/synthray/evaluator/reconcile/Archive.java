package io.synthray.evaluator.reconcile;

import io.synthray.evaluator.event.Position;
import io.synthray.schemas.topic.Topic;

/** Reads single records back from their topics. */
public interface Archive {
    /** What became of a look-up. */
    sealed interface Answer {
        /**
         * The record as it was written.
         *
         * @param key its key
         * @param value its value
         */
        @SuppressWarnings("ArrayRecordComponent") // Bytes on their way from topic to topic; nobody compares them.
        record Found(byte[] key, byte[] value) implements Answer {}

        /** The topic does not hold it any more. */
        record Gone() implements Answer {}

        /** The broker did not answer in time. */
        record Unknown() implements Answer {}
    }

    /** The record at a position. */
    Answer fetch(Topic<?> topic, Position at);
}
