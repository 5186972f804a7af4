package io.synthray.evaluator.study;

import io.synthray.schemas.topic.ShareGroup;
import io.synthray.schemas.topic.Topic;

/**
 * A request without an answer.
 *
 * @param kind of what
 * @param id request or trial
 * @param pending where its record lies, and how often it was published again
 */
public record Unanswered(Kind kind, String id, Pending pending) {
    /** What was requested, and who takes it. */
    public enum Kind {
        /** An image, from the generators. */
        IMAGE(ShareGroup.GENERATORS),
        /** A trial, from the trainers. */
        TRIAL(ShareGroup.TRAINERS);

        private final ShareGroup group;

        Kind(ShareGroup group) {
            this.group = group;
        }

        /** The share group whose members take the requests. */
        public ShareGroup group() {
            return group;
        }

        /** The topic that the requests stand in. */
        public Topic<?> topic() {
            return group.topic();
        }
    }

    String study() {
        return id.substring(0, id.indexOf('/'));
    }
}
