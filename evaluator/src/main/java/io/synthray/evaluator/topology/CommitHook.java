package io.synthray.evaluator.topology;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Tells processors that their task is about to commit, so that they may hold something back until then. It is a store without
 * contents: Kafka Streams asks the caches of stores, and nobody else, to write before a commit (docs/decisions/0011).
 */
final class CommitHook implements StateStore, CachedStateStore<Object, Object> {
    private final String name;
    private final List<Runnable> listeners = new ArrayList<>();
    private boolean open;

    private CommitHook(String name) {
        this.name = name;
    }

    static StoreBuilder<CommitHook> builder(String name) {
        return new PlainStoreBuilder<>(name, () -> new CommitHook(name));
    }

    /** Runs it before each commit. */
    void beforeCommit(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void flushCache() {
        listeners.forEach(Runnable::run);
    }

    /** The task changes its kind: its processors come anew. */
    @Override
    public void clearCache() {
        listeners.clear();
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<Object, Object> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        open = true;
        context.register(root, (key, value) -> {
            throw new IllegalStateException("a store without contents has nothing to restore");
        });
    }

    @Override
    public void flush() {
        // Nothing is kept here.
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
