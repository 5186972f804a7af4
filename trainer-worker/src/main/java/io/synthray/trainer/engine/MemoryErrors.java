package io.synthray.trainer.engine;

import java.util.List;

/** libtorch's errors of too little memory. The binding gives every error of libtorch's as a plain runtime exception, so that only the words tell. */
final class MemoryErrors {
    private static final List<String> WORDS =
            List.of("DefaultCPUAllocator:", "not enough memory", "out of memory", "CUBLAS_STATUS_ALLOC_FAILED");

    private MemoryErrors() {}

    /** Whether an error is one of them; its first line alone is looked at, what follows being where it happened. */
    static boolean contain(RuntimeException error) {
        String first = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        return WORDS.stream().anyMatch(first::contains);
    }
}
