package dev.kontor.gateway.platform;

/** The secret that authenticates this gateway to the sides is missing or invalid. The message names the setting. */
final class UnusableProof extends IllegalStateException {

    UnusableProof(String message) {
        super(message);
    }
}
