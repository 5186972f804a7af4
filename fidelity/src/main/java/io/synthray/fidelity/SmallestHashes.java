package io.synthray.fidelity;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The k images with the smallest hashes: a simple random sample of a set, and the same one whatever the order in which images
 * come (bottom-k sampling; Cohen and Kaplan, Summarizing Data using Bottom-k Sketches, PODC 2007).
 */
public final class SmallestHashes {
    private final int size;
    private final TreeMap<Place, short[]> chosen = new TreeMap<>();

    /**
     * An image's place in the order.
     *
     * @param hash of the request, compared as an unsigned number
     * @param index decides between equal hashes
     */
    public record Place(long hash, int index) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                ((Comparator<Place>) (a, b) -> Long.compareUnsigned(a.hash, b.hash)).thenComparingInt(Place::index);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /** @param size images that are kept, 1 or more */
    public SmallestHashes(int size) {
        this.size = size;
    }

    /**
     * Offers an image.
     *
     * @return whether it is in the sample now
     */
    public boolean offer(Place place, short[] steps) {
        if (chosen.size() == size && place.compareTo(chosen.lastKey()) >= 0) {
            return false;
        }
        chosen.put(place, steps);
        if (chosen.size() > size) {
            chosen.pollLastEntry();
        }
        return true;
    }

    /** The sample by ascending hash. */
    public List<short[]> images() {
        return List.copyOf(chosen.values());
    }

    /** The sample with its places, by ascending hash. */
    public Collection<Map.Entry<Place, short[]>> entries() {
        return List.copyOf(chosen.entrySet());
    }
}
