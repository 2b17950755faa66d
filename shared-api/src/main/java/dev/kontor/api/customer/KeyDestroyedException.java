package dev.kontor.api.customer;

/** A key was asked for that was destroyed. What it sealed is gone, and nothing more is ever sealed for its owner. */
public final class KeyDestroyedException extends RuntimeException {

    public KeyDestroyedException() {
        super("The key was destroyed");
    }
}
