package dev.kontor.audit.order;

import dev.kontor.audit.Hash;

/** What the documents of the lists say, each entry as a hash, and whether the log says it too. */
final class ListedOrders {

    private static final byte SAID = 1;
    private static final byte MEANT = 2;

    private long[] entries = new long[4096];
    private byte[] marks = new byte[4096];
    private int size;

    /** False where it was added before. */
    boolean add(long entry) {
        if (size > entries.length / 3 * 2) {
            grow();
        }
        int place = placeOf(entry);
        if (marks[place] != 0) {
            return false;
        }
        entries[place] = entry;
        marks[place] = SAID;
        size++;
        return true;
    }

    /** Notes that the log says it; false where no document does. */
    boolean meet(long entry) {
        int place = placeOf(entry);
        if (marks[place] == 0) {
            return false;
        }
        marks[place] = MEANT;
        return true;
    }

    boolean isMeant(long entry) {
        return marks[placeOf(entry)] == MEANT;
    }

    boolean areAllMeant() {
        for (byte mark : marks) {
            if (mark == SAID) {
                return false;
            }
        }
        return true;
    }

    private int placeOf(long entry) {
        int mask = entries.length - 1;
        int place = (int) Hash.mix(entry) & mask;
        while (marks[place] != 0 && entries[place] != entry) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        long[] before = entries;
        byte[] marked = marks;
        entries = new long[2 * before.length];
        marks = new byte[entries.length];
        for (int i = 0; i < before.length; i++) {
            if (marked[i] != 0) {
                int place = placeOf(before[i]);
                entries[place] = before[i];
                marks[place] = marked[i];
            }
        }
    }
}
