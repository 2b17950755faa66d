package dev.kontor.store.documents;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What is left of a query's answer, read as far as the client asks for it. */
final class LazyCursor extends AbstractCursor {

    /** Documents of one answer where the client names no number. */
    static final int USUAL_BATCH = 256;

    private final Iterator<Document> remaining;

    LazyCursor(long id, Iterator<Document> remaining) {
        super(id);
        this.remaining = remaining;
    }

    @Override
    public synchronized boolean isEmpty() {
        return !remaining.hasNext();
    }

    @Override
    public synchronized List<Document> takeDocuments(int atMost) {
        return take(remaining, atMost);
    }

    static List<Document> take(Iterator<Document> documents, int atMost) {
        int size = atMost == 0 ? USUAL_BATCH : atMost;
        List<Document> taken = new ArrayList<>();
        while (taken.size() < size && documents.hasNext()) {
            taken.add(documents.next());
        }
        return taken;
    }
}
