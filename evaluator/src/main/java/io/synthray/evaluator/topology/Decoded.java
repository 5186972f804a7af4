package io.synthray.evaluator.topology;

import io.synthray.evaluator.event.StudyEvent;
import java.util.List;

/** What a record of an input topic turned out to be. */
sealed interface Decoded {
    /** A study's event. */
    record Readable(StudyEvent event) implements Decoded {}

    /** Nothing that can be read: the dead letter with its cause. */
    record Unreadable(Letter.Event letter) implements Decoded {}

    /** The event, if it is one. */
    default List<StudyEvent> events() {
        return this instanceof Readable readable ? List.of(readable.event()) : List.of();
    }

    /** The dead letter, if it is one. */
    default List<Letter.Event> deadLetters() {
        return this instanceof Unreadable unreadable ? List.of(unreadable.letter()) : List.of();
    }
}
