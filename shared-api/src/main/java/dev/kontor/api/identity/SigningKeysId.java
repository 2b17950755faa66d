package dev.kontor.api.identity;

/** Identifies the one list of signing keys in the log, where aggregates of all types share one name space. */
public record SigningKeysId() {

    @Override
    public String toString() {
        return "signing-keys";
    }
}
