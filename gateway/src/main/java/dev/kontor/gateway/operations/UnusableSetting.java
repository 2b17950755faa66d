package dev.kontor.gateway.operations;

/** A setting with a value that it cannot have. The message says which setting, and what it may be. */
class UnusableSetting extends IllegalArgumentException {

    UnusableSetting(String message) {
        super(message);
    }
}
