package dev.kontor.command.identity;

/**
 * The two keys that wrap all others, 32 bytes each.
 *
 * @param customers wraps the keys of personal data; the query side has it too
 * @param signing wraps the Authority's private key; only the command side has it
 */
public record MasterKeys(byte[] customers, byte[] signing) {

    @Override
    public String toString() {
        return "MasterKeys";
    }
}
