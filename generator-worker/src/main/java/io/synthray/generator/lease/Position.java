package io.synthray.generator.lease;

/**
 * Where a record stands in the request topic.
 *
 * @param partition from 0
 * @param offset from 0
 */
public record Position(int partition, long offset) {
    @Override
    public String toString() {
        return partition + "/" + offset;
    }
}
