package io.synthray.evaluator.topology;

import java.util.List;

/** What records of an input topic turned out to be. */
sealed interface Decoded {
    /** Events of one study in their order, 1 or more, as {@code EventsCodec} reads them. */
    @SuppressWarnings("ArrayRecordComponent") // On its way to a topic; nobody compares it.
    record Readable(byte[] studyEvents) implements Decoded {}

    /** Nothing that can be read: the dead letter with its cause. */
    record Unreadable(Letter.Event letter) implements Decoded {}

    /** The events together, if there are any. */
    default List<byte[]> events() {
        return this instanceof Readable readable ? List.of(readable.studyEvents()) : List.of();
    }

    /** The dead letter, if it is one. */
    default List<Letter.Event> deadLetters() {
        return this instanceof Unreadable unreadable ? List.of(unreadable.letter()) : List.of();
    }
}
