package dev.kontor.store;

/** The book cannot be read or written: the disk, or damage. */
public sealed class BookException extends RuntimeException permits BookStoppedException {

    BookException(String message, Throwable cause) {
        super(message, cause);
    }

    BookException(String message) {
        super(message);
    }
}
