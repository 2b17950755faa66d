package dev.kontor.grpc.platform;

/** A setting with a value that it cannot have. The message says which setting, and what it may be. */
public class UnusableSetting extends IllegalArgumentException {

    public UnusableSetting(String message) {
        super(message);
    }
}
