package io.synthray.local.cli;

import io.synthray.local.stack.LocalStack;
import io.synthray.local.stack.StackListener;
import io.synthray.local.stack.StackOptions;
import java.util.concurrent.CountDownLatch;

/** Ends a stack once: when its command is through, or when the process is told to end before that, while starting included. */
final class StackGuard implements AutoCloseable {
    private final Thread main = Thread.currentThread();
    private final CountDownLatch started = new CountDownLatch(1);
    private LocalStack stack;
    private boolean closed;

    StackGuard() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::processEnds, "stack-shutdown"));
    }

    LocalStack start(StackOptions options, StackListener listener) throws InterruptedException {
        try {
            LocalStack running = LocalStack.start(options, listener);
            synchronized (this) {
                if (!closed) {
                    stack = running;
                    return running;
                }
            }
            running.close();
            throw new InterruptedException("told to end");
        } finally {
            started.countDown();
        }
    }

    private void processEnds() {
        close();
        // Where it is still starting, the main thread ends what it has begun.
        main.interrupt();
        try {
            started.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        LocalStack last;
        synchronized (this) {
            last = stack;
            stack = null;
            closed = true;
        }
        if (last != null) {
            last.close();
        }
    }
}
