package dev.kontor.audit.platform;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Hash;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import dev.kontor.audit.Numbered;
import dev.kontor.audit.platform.Documents.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares every document of a collection with the log. It reads the documents first, then the log; once the log
 * reaches a document's version, the document must equal the projection of the events up to there.
 *
 * <p>A view writes documents before its token. So after a crash a document may be ahead of the token, never behind it.
 */
final class ViewJudge implements Judge {

    private final String view;
    private final Collection collection;
    private final long position;
    private final Letters letters;
    private final Findings findings;
    private final Documents documents = new Documents();
    private final Numbered<Unfinished> unfinished = new Numbered<>(Unfinished[]::new);
    private final List<String> suspects = new ArrayList<>();

    private long suspected;
    private long read;

    /** @param position up to which the view has read the log */
    ViewJudge(String view, Collection collection, long position, Letters letters, Findings findings) {
        this.view = view;
        this.letters = letters;
        this.collection = collection;
        this.position = position;
        this.findings = findings;
    }

    /** Reads a document of the view; returns its digest. */
    long read(Map<String, Object> document) {
        findings.checked(Invariant.VIEWS);
        read++;
        long hash = 0;
        for (Map.Entry<String, Object> field : document.entrySet()) {
            if (!field.getKey().equals("_id")) {
                hash += Hash.field(field.getKey(), field.getValue());
            }
        }
        documents.add(idOf(document), versionOf(document), hash);
        return hash;
    }

    /** A key of the document for the second look, whatever its id is. */
    static String idOf(Map<String, Object> document) {
        return document.get("_id") instanceof String id ? id : "(" + document.get("_id") + ")";
    }

    static long versionOf(Map<String, Object> document) {
        return document.get(Unfinished.VERSION) instanceof Long version ? version : Documents.NONE;
    }

    @Override
    public void on(Event event) {
        if (!collection.shows(event)) {
            return;
        }
        String id = collection.documentOf(event);
        int number = documents.find(id);
        if (number < 0) {
            if (isDue(event)) {
                suspect(documents.add(id, Documents.NONE, 0), id);
            }
        } else if (documents.mark(number) != Mark.SUSPECT) {
            hold(event, number, id);
        }
    }

    private void hold(Event event, int number, String id) {
        long version = documents.version(number);
        if (event.sequence() > version) {
            if (isDue(event) || documents.mark(number) == Mark.OPEN) {
                suspect(number, id);
            }
            return;
        }
        Unfinished document = unfinished.get(number);
        if (document == null) {
            document = new Unfinished(collection);
            unfinished.put(number, document);
        }
        document.on(event);
        if (event.sequence() == version) {
            unfinished.put(number, null);
            if (document.hashAt(version) == documents.hash(number)) {
                documents.mark(number, Mark.RIGHT);
            } else {
                suspect(number, id);
            }
        }
    }

    /** Whether the view must show the event. */
    boolean isDue(Event event) {
        return event.position() <= position && !letters.isWaiting(view, event);
    }

    private void suspect(int number, String id) {
        documents.mark(number, Mark.SUSPECT);
        unfinished.put(number, null);
        suspected++;
        if (suspects.size() < Findings.LISTED) {
            suspects.add(id);
        }
    }

    /** Finds documents that are not in the log or are ahead of it. The second look finds their ids. */
    @Override
    public void end(long now) {
        for (int number = 0; number < documents.size(); number++) {
            if (documents.mark(number) == Mark.OPEN) {
                suspected++;
            }
        }
    }

    boolean isSuspect(Map<String, Object> document) {
        return documents.mark(documents.find(idOf(document))) != Mark.RIGHT;
    }

    /** The first of those in the log, in its order. */
    List<String> suspects() {
        return suspects;
    }

    long suspected() {
        return suspected;
    }

    /** The number of the view's documents. */
    long documents() {
        return read;
    }

    Collection collection() {
        return collection;
    }
}
