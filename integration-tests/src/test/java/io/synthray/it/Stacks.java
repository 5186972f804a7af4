package io.synthray.it;

import io.synthray.local.platform.Child;
import io.synthray.local.platform.Distribution;
import io.synthray.local.stack.LocalStack;
import io.synthray.local.stack.StackListener;
import io.synthray.local.stack.StackOptions;
import io.synthray.local.stack.StackPorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;

/** Stacks as {@code ./synthray demo} starts them, on free ports. */
final class Stacks {
    private Stacks() {}

    static LocalStack start(Path directory, int generators, int trainers) throws InterruptedException {
        return LocalStack.start(
                new StackOptions(
                        directory,
                        StackPorts.free(generators, trainers),
                        Distribution.current().modelRepository()),
                new Silent());
    }

    static Child child(LocalStack stack, String name) {
        return stack.children().stream()
                .filter(child -> child.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(name));
    }

    private static final class Silent implements StackListener {
        @Override
        public void waitingFor(List<String> programs) {}

        @Override
        public void ready(String program, Duration after) {}

        @Override
        public void restarting(String program, int exitCode) {}

        @Override
        public void stopping() {}
    }
}
