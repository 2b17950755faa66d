package dev.kontor.query.operations;

import dev.kontor.query.platform.DocumentType;
import dev.kontor.query.platform.Slot;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewDocument;
import dev.kontor.query.platform.ViewStore;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * Compares the documents of the two generations of a view, while both go on. Documents that have other versions in the
 * two are read again once both have read on. For one use.
 */
final class ComparedGenerations {

    private static final int READ_AT_ONCE = 500;
    private static final int ROUNDS = 5;
    private static final int MOST_UNSETTLED = 100_000;
    private static final int MOST_EXAMPLES = 20;

    private final ViewStore store;
    private final View view;
    private final Slot liveSlot;
    /** Waits until both generations have read what the log has now; false if it gives up. */
    private final BooleanSupplier readOn;

    private final MessageDigest hash = sha256();
    private final TreeSet<String> examples = new TreeSet<>();
    private long live;
    private long other;
    private long liveSum;
    private long otherSum;
    private long onlyLive;
    private long onlyOther;
    private long different;
    private long unsettled;

    ComparedGenerations(ViewStore store, View view, BooleanSupplier readOn) {
        this.store = store;
        this.view = view;
        this.liveSlot = store.generations(view).live();
        this.readOn = readOn;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Comparison run() {
        view.documents().forEach(this::compare);
        return new Comparison(
                live,
                other,
                HexFormat.of().toHexDigits(liveSum),
                HexFormat.of().toHexDigits(otherSum),
                onlyLive,
                onlyOther,
                different,
                unsettled,
                List.copyOf(examples));
    }

    private <D extends ViewDocument> void compare(DocumentType<D> type) {
        List<String> pending = new ArrayList<>();
        Documents<D> left = new Documents<>(type, liveSlot);
        Documents<D> right = new Documents<>(type, liveSlot.other());
        D one = left.next();
        D two = right.next();
        while (one != null || two != null) {
            int order = one == null ? 1 : two == null ? -1 : one.id().compareTo(two.id());
            D ofLive = order <= 0 ? one : null;
            D ofOther = order >= 0 ? two : null;
            if (!settles(type, ofLive, ofOther)) {
                put(pending, (ofLive == null ? ofOther : ofLive).id());
            }
            one = order <= 0 ? left.next() : one;
            two = order >= 0 ? right.next() : two;
        }
        for (int round = 1; !pending.isEmpty() && round < ROUNDS && readOn.getAsBoolean(); round++) {
            pending.removeIf(id -> settles(type, find(type, liveSlot, id), find(type, liveSlot.other(), id)));
        }
        pending.forEach(id -> leave(type, id));
    }

    private void put(List<String> pending, String id) {
        if (pending.size() < MOST_UNSETTLED) {
            pending.add(id);
        } else {
            unsettled++;
        }
    }

    /** Counts a document that has the same version in both. */
    private <D extends ViewDocument> boolean settles(DocumentType<D> type, D ofLive, D ofOther) {
        if (ofLive == null || ofOther == null || ofLive.version() != ofOther.version()) {
            return false;
        }
        byte[] liveBytes = countLive(type, ofLive);
        byte[] otherBytes = countOther(type, ofOther);
        if (!Arrays.equals(liveBytes, otherBytes)) {
            different++;
            example(ofLive.id());
        }
        return true;
    }

    private <D extends ViewDocument> byte[] countLive(DocumentType<D> type, D document) {
        byte[] bytes = type.encode(document);
        live++;
        liveSum += digest(bytes);
        return bytes;
    }

    private <D extends ViewDocument> byte[] countOther(DocumentType<D> type, D document) {
        byte[] bytes = type.encode(document);
        other++;
        otherSum += digest(bytes);
        return bytes;
    }

    /** Counts a document that has not got the same version in both. */
    private <D extends ViewDocument> void leave(DocumentType<D> type, String id) {
        D ofLive = find(type, liveSlot, id);
        D ofOther = find(type, liveSlot.other(), id);
        if (ofLive != null) {
            countLive(type, ofLive);
        }
        if (ofOther != null) {
            countOther(type, ofOther);
        }
        if (ofLive != null && ofOther != null) {
            unsettled++;
        } else if (ofLive != null) {
            onlyLive++;
        } else if (ofOther != null) {
            onlyOther++;
        }
        example(id);
    }

    private void example(String id) {
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(id);
        }
    }

    private long digest(byte[] document) {
        return ByteBuffer.wrap(hash.digest(document)).getLong();
    }

    private <D extends ViewDocument> D find(DocumentType<D> type, Slot slot, String id) {
        List<D> found = new ArrayList<>(1);
        store.each(type, slot, id, document -> {
            if (document.id().equals(id)) {
                found.add(document);
            }
            return false;
        });
        return found.isEmpty() ? null : found.getFirst();
    }

    /** The documents of a slot in the order of their ids, read a few at once. */
    private final class Documents<D extends ViewDocument> {

        private final DocumentType<D> type;
        private final Slot slot;
        private Iterator<D> read = List.<D>of().iterator();
        private String from;
        private boolean isAll;

        Documents(DocumentType<D> type, Slot slot) {
            this.type = type;
            this.slot = slot;
        }

        /** Null at the end. */
        D next() {
            if (!read.hasNext() && !isAll) {
                List<D> more = new ArrayList<>(READ_AT_ONCE);
                store.each(type, slot, from, document -> {
                    more.add(document);
                    return more.size() < READ_AT_ONCE;
                });
                isAll = more.size() < READ_AT_ONCE;
                read = more.iterator();
                from = more.isEmpty() ? from : more.getLast().id() + '\0';
            }
            return read.hasNext() ? read.next() : null;
        }
    }
}
