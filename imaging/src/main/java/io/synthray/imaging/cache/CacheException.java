package io.synthray.imaging.cache;

/** The cache's directory cannot be used. The data set itself is not affected: open it without the cache. */
public final class CacheException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CacheException(String message, Throwable cause) {
        super(message, cause);
    }
}
