package io.synthray.trainer.worker;

import io.synthray.event.Checkpoint;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.store.ImageStore;
import io.synthray.imaging.store.ObjectCorruptException;
import io.synthray.imaging.store.ObjectMissingException;
import io.synthray.imaging.store.StoreException;
import io.synthray.imaging.store.StoreUnavailableException;
import io.synthray.imaging.store.StoredObject;
import io.synthray.trainer.data.UnavailableDataException;
import io.synthray.trainer.trial.Checkpoints;
import java.net.URI;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Keeps states as objects in the store; progress events say where. The last two of a training are kept, since the event that names the last may be lost, and
 * none after its result: those of a worker that was killed are taken over, and those of an engine that is no longer used go too. Only a state whose event was lost with
 * its worker, between the writing of the one and the sending of the other, stays. Belongs to the thread that trains.
 */
final class StoredCheckpoints implements Checkpoints {
    private static final Logger LOG = Logger.getLogger(StoredCheckpoints.class);
    private static final int KEPT = 2;

    private final Function<String, List<Checkpoint>> known;
    private final ImageStore store;
    private final boolean wanted;
    /** Those that are needed longest last. */
    private final Set<URI> kept = new LinkedHashSet<>();
    /** The trial whose earlier states are among them. */
    private Optional<String> takenOver = Optional.empty();

    /**
     * @param known gives the states of a trial of which events tell, whether they are still there or not
     * @param wanted whether states are kept at all
     */
    StoredCheckpoints(Function<String, List<Checkpoint>> known, ImageStore store, boolean wanted) {
        this.known = known;
        this.store = store;
        this.wanted = wanted;
    }

    @Override
    public Optional<Checkpoint> keep(String training, int step, byte[] state) {
        if (!wanted) {
            return Optional.empty();
        }
        try {
            StoredObject object = store.put(state, "state");
            keepLongest(object.uri());
            while (kept.size() > KEPT) {
                URI oldest = kept.iterator().next();
                delete(oldest);
                kept.remove(oldest);
            }
            return Optional.of(new Checkpoint(object.uri().toString(), object.sha256(), training, step));
        } catch (StoreUnavailableException e) {
            LOG.warnf("a state was not kept: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private void keepLongest(URI state) {
        kept.remove(state);
        kept.add(state);
    }

    @Override
    public Optional<byte[]> last(TrialRequest trial, String training) {
        if (!wanted) {
            return Optional.empty();
        }
        List<Checkpoint> states = takenOver(
                trial,
                Comparator.comparing((Checkpoint c) -> c.getTraining().equals(training))
                        .thenComparing(Checkpoint::getStep));
        for (int i = states.size() - 1; i >= 0 && states.get(i).getTraining().equals(training); i--) {
            Checkpoint checkpoint = states.get(i);
            Optional<byte[]> state = read(checkpoint);
            if (state.isPresent()) {
                LOG.infof("trial=%s goes on after step %d", trial.getTrial(), checkpoint.getStep());
                keepLongest(URI.create(checkpoint.getUri()));
                return state;
            }
        }
        return Optional.empty();
    }

    /** All states of a trial's trainings of which events tell, those that are needed longest last. */
    private List<Checkpoint> takenOver(TrialRequest trial, Comparator<Checkpoint> need) {
        kept.clear();
        takenOver = Optional.empty();
        List<Checkpoint> states = known.apply(trial.getTrial()).stream()
                .filter(StoredCheckpoints::hasPlace)
                .sorted(need)
                .toList();
        states.forEach(state -> keepLongest(URI.create(state.getUri())));
        takenOver = Optional.of(trial.getTrial());
        return states;
    }

    private static boolean hasPlace(Checkpoint checkpoint) {
        try {
            URI.create(checkpoint.getUri());
            return true;
        } catch (IllegalArgumentException e) {
            LOG.warnf("a state is passed over: %s", e.getMessage());
            return false;
        }
    }

    private Optional<byte[]> read(Checkpoint checkpoint) {
        try {
            return Optional.of(store.get(URI.create(checkpoint.getUri()), checkpoint.getSha256()));
        } catch (ObjectMissingException e) {
            // A later one had replaced it.
            return Optional.empty();
        } catch (ObjectCorruptException | IllegalArgumentException e) {
            LOG.warnf("a state is passed over: %s", e.getMessage());
            return Optional.empty();
        } catch (StoreUnavailableException e) {
            throw new UnavailableDataException("state of a training: " + e.getMessage(), e);
        }
    }

    /** The trial's result is safe: its states are needed no longer, those of an earlier worker too where the trial ended before it asked for them. */
    void forget(TrialRequest trial) {
        if (!wanted) {
            return;
        }
        try {
            if (takenOver.filter(trial.getTrial()::equals).isEmpty()) {
                takenOver(trial, Comparator.comparing(Checkpoint::getStep));
            }
        } catch (UnavailableDataException e) {
            LOG.warnf("states of trial=%s may stay: %s", trial.getTrial(), e.getMessage());
        }
        kept.forEach(this::delete);
        kept.clear();
        takenOver = Optional.empty();
    }

    private void delete(URI state) {
        try {
            store.delete(state);
        } catch (StoreException | IllegalArgumentException e) {
            LOG.warnf("a state was not removed: %s", e.getMessage());
        }
    }
}
