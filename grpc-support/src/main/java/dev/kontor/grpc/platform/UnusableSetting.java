package dev.kontor.grpc.platform;

/** A setting has an invalid value. The message names the setting and its valid values. */
public class UnusableSetting extends IllegalArgumentException {

    public UnusableSetting(String message) {
        super(message);
    }
}
