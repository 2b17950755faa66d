package dev.kontor.grpc.platform;

/**
 * A process cannot start with its settings, keys or folders. The message tells the operator what is wrong and what to
 * change; the start report shows it without a stack trace.
 */
public final class StartException extends RuntimeException {

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
