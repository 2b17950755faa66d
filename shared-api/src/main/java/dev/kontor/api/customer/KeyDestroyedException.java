package dev.kontor.api.customer;

/** The requested key was destroyed: its sealed data is lost, and no data is sealed for its owner again. */
public final class KeyDestroyedException extends RuntimeException {

    public KeyDestroyedException() {
        super("The key was destroyed");
    }
}
