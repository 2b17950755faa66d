package dev.kontor.audit.platform;

import dev.kontor.audit.NumberedIds;
import java.util.Arrays;

/** The documents of a collection, each as its version and a hash of all its fields. */
final class Documents {

    /** The state of a document's comparison with the log. */
    enum Mark {
        /** The log has not reached its version yet. */
        OPEN,
        RIGHT,
        /** It differs from the log; the second look finds out why. */
        SUSPECT
    }

    /** The version of a document that is missing or has none. */
    static final long NONE = -1;

    private final NumberedIds ids = new NumberedIds();
    private long[] versions = new long[1024];
    private long[] hashes = new long[1024];
    private Mark[] marks = new Mark[1024];

    int add(String id, long version, long hash) {
        int number = ids.of(id);
        if (number >= versions.length) {
            int longer = number + (number >> 1) + 1;
            versions = Arrays.copyOf(versions, longer);
            hashes = Arrays.copyOf(hashes, longer);
            marks = Arrays.copyOf(marks, longer);
        }
        versions[number] = version;
        hashes[number] = hash;
        marks[number] = Mark.OPEN;
        return number;
    }

    /** -1 if there is none. */
    int find(String id) {
        return ids.find(id);
    }

    long version(int number) {
        return versions[number];
    }

    long hash(int number) {
        return hashes[number];
    }

    Mark mark(int number) {
        return marks[number];
    }

    void mark(int number, Mark mark) {
        marks[number] = mark;
    }

    int size() {
        return ids.size();
    }
}
