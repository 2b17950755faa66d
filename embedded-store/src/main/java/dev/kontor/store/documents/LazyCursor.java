package dev.kontor.store.documents;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left of a query's answer, read as far as the client asks for it. One request looks at so many documents at most and
 * may find none of them: others' requests come in between, and a client that asks no more leaves nothing running.
 */
final class LazyCursor extends AbstractCursor {

    /** Documents of one answer where the client names no number. */
    static final int USUAL_BATCH = 256;

    /** Documents that are looked at for one answer. */
    static final int MOST_LOOKED_AT = 500;

    private final Search.Candidates remaining;

    LazyCursor(long id, Search.Candidates remaining) {
        super(id);
        this.remaining = remaining;
    }

    @Override
    public synchronized boolean isEmpty() {
        return !remaining.documents().hasNext();
    }

    @Override
    public synchronized List<Document> takeDocuments(int atMost) {
        return take(remaining, atMost);
    }

    static List<Document> take(Search.Candidates candidates, int atMost) {
        int size = atMost == 0 ? USUAL_BATCH : atMost;
        List<Document> taken = new ArrayList<>();
        for (int looked = 0;
                looked < MOST_LOOKED_AT
                        && taken.size() < size
                        && candidates.documents().hasNext();
                looked++) {
            Document answer = candidates.answer().apply(candidates.documents().next());
            if (answer != null) {
                taken.add(answer);
            }
        }
        return taken;
    }
}
