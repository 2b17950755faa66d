package dev.kontor.side.platform;

/** A batch cannot be written for a reason that is none of its events'. The processor handles the batch again. */
public class RepeatedBatchException extends RuntimeException {

    public RepeatedBatchException(String message) {
        super(message);
    }

    public RepeatedBatchException(String message, Throwable cause) {
        super(message, cause);
    }
}
