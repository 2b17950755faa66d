package dev.kontor.audit.identity;

import dev.kontor.audit.NumberedIds;
import java.util.Arrays;
import java.util.BitSet;

/** The current version and state of each customer's credentials, as far as the log was read. */
public final class CredentialsVersions {

    private final NumberedIds customers = new NumberedIds();
    private final BitSet suspended = new BitSet();
    private final BitSet closed = new BitSet();
    /** By the number of the customer; 0 before the first. */
    private long[] versions = new long[1024];

    /** The number of a customer. */
    int of(String customerId) {
        int number = customers.of(customerId);
        if (number >= versions.length) {
            versions = Arrays.copyOf(versions, 2 * number);
        }
        return number;
    }

    String customer(int number) {
        return customers.uuid(number);
    }

    long version(int number) {
        return versions[number];
    }

    void version(int number, long version) {
        versions[number] = version;
    }

    boolean isSuspended(int number) {
        return suspended.get(number);
    }

    void suspended(int number, boolean is) {
        suspended.set(number, is);
    }

    boolean isClosed(int number) {
        return closed.get(number);
    }

    void close(int number) {
        closed.set(number);
    }

    /** Whether a customer may act by this version now. */
    boolean honours(int number, long version) {
        return version == versions[number] && !suspended.get(number) && !closed.get(number);
    }

    /** Its text in reports. */
    String text(int number) {
        String state = suspended.get(number) ? "suspended" : "open";
        return "verifier %d counts and they are %s".formatted(versions[number], closed.get(number) ? "closed" : state);
    }
}
