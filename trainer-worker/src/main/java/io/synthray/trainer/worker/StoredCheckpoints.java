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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Keeps states as objects in the store; progress events say where. The last two of a training are kept, since the event that names the last may be lost, and
 * none after its result. Belongs to the thread that trains.
 */
final class StoredCheckpoints implements Checkpoints {
    private static final Logger LOG = Logger.getLogger(StoredCheckpoints.class);
    private static final int KEPT = 2;

    private final KeptStates states;
    private final ImageStore store;
    private final boolean wanted;
    private final Deque<URI> kept = new ArrayDeque<>();

    /** @param wanted whether states are kept at all */
    StoredCheckpoints(KeptStates states, ImageStore store, boolean wanted) {
        this.states = states;
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
            kept.addLast(object.uri());
            while (kept.size() > KEPT) {
                delete(kept.removeFirst());
            }
            return Optional.of(new Checkpoint(object.uri().toString(), object.sha256(), training, step));
        } catch (StoreUnavailableException e) {
            LOG.warnf("a state was not kept: %s", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Optional<byte[]> last(TrialRequest trial, String training) {
        kept.clear();
        if (!wanted) {
            return Optional.empty();
        }
        for (Checkpoint checkpoint : states.of(trial.getTrial(), training)) {
            Optional<byte[]> state = read(checkpoint);
            if (state.isPresent()) {
                LOG.infof("trial=%s goes on after step %d", trial.getTrial(), checkpoint.getStep());
                kept.addLast(URI.create(checkpoint.getUri()));
                return state;
            }
        }
        return Optional.empty();
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

    /** The training's result is safe: its states are needed no longer. */
    void forget() {
        kept.forEach(this::delete);
        kept.clear();
    }

    private void delete(URI state) {
        try {
            store.delete(state);
        } catch (StoreException e) {
            LOG.warnf("a state was not removed: %s", e.getMessage());
        }
    }
}
