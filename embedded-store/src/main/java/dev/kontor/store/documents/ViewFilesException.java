package dev.kontor.store.documents;

/** The views cannot be read or written, or not served: the disk, damage, or a port that is taken. */
public final class ViewFilesException extends RuntimeException {

    ViewFilesException(String message, Throwable cause) {
        super(message, cause);
    }

    ViewFilesException(String message) {
        super(message);
    }
}
