package dev.kontor.store.documents;

/** The views cannot be read or written: the disk, damage, or a folder that is in use. */
public final class ViewFilesException extends RuntimeException {

    ViewFilesException(String message, Throwable cause) {
        super(message, cause);
    }

    ViewFilesException(String message) {
        super(message);
    }
}
