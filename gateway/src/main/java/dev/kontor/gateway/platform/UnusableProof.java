package dev.kontor.gateway.platform;

/** This gateway has nothing to show the sides, or something that cannot be it. The message says which setting. */
final class UnusableProof extends IllegalStateException {

    UnusableProof(String message) {
        super(message);
    }
}
