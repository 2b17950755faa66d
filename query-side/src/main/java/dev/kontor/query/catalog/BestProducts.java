package dev.kontor.query.catalog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.util.BytesRef;

/**
 * Collects the products with the highest scores; those with the same score from the newest to the oldest, which is the
 * order in which each segment stores them ({@link IndexPage#NEWEST_FIRST}). So after the first product that is not good
 * enough, Lucene skips all others of the segment without a higher score: a word that many products have costs little
 * more than one that few have. For one thread.
 */
final class BestProducts implements Collector {

    private final int wanted;
    /** The last product of the page before; null for the first page. */
    private final Ranked after;
    /** The best ones so far, in their order. */
    private final List<Hit> best = new ArrayList<>();

    private record Ranked(float score, long listedAt, BytesRef id) {}

    /** Looks up the id only if it decides. */
    private record Hit(int document, float score, long listedAt, SortedDocValues ids, int ord) {

        boolean isBefore(Hit other) throws IOException {
            if (score != other.score || listedAt != other.listedAt) {
                return score != other.score ? score > other.score : listedAt > other.listedAt;
            }
            return id().compareTo(other.id()) > 0;
        }

        boolean isBehind(Ranked place) throws IOException {
            if (score != place.score || listedAt != place.listedAt) {
                return score != place.score ? score < place.score : listedAt < place.listedAt;
            }
            return id().compareTo(place.id) < 0;
        }

        private BytesRef id() throws IOException {
            return BytesRef.deepCopyOf(ids.lookupOrd(ord));
        }
    }

    private BestProducts(int wanted, FieldDoc after) {
        this.wanted = wanted;
        this.after = after == null
                ? null
                : new Ranked((Float) after.fields[0], (Long) after.fields[1], (BytesRef) after.fields[2]);
    }

    /**
     * The result has score, time and id as {@link IndexPage} sorts by relevance.
     *
     * @param after the end of the page before; null for the first page
     */
    static CollectorManager<BestProducts, FieldDoc[]> first(int wanted, FieldDoc after) {
        return new CollectorManager<>() {
            @Override
            public BestProducts newCollector() {
                return new BestProducts(wanted, after);
            }

            /** Searches have one thread. */
            @Override
            public FieldDoc[] reduce(Collection<BestProducts> collected) throws IOException {
                return collected.iterator().next().documents();
            }
        };
    }

    private FieldDoc[] documents() throws IOException {
        FieldDoc[] documents = new FieldDoc[best.size()];
        for (int i = 0; i < documents.length; i++) {
            Hit hit = best.get(i);
            documents[i] = new FieldDoc(hit.document, hit.score, new Object[] {hit.score, hit.listedAt, hit.id()});
        }
        return documents;
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.TOP_SCORES;
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
        NumericDocValues listedAt = DocValues.getNumeric(leaf.reader(), ProductFields.LISTED_AT);
        SortedDocValues ids = DocValues.getSorted(leaf.reader(), ProductFields.ID);
        return new LeafCollector() {
            private Scorable scorer;
            /** No other product of the segment with at most this score is good enough. */
            private float settled = -1;

            @Override
            public void setScorer(Scorable scorer) throws IOException {
                this.scorer = scorer;
                skip();
            }

            @Override
            public void collect(int document) throws IOException {
                float score = scorer.score();
                if (score <= settled || isFull() && score < best.getLast().score) {
                    return;
                }
                listedAt.advanceExact(document);
                ids.advanceExact(document);
                Hit hit = new Hit(leaf.docBase + document, score, listedAt.longValue(), ids, ids.ordValue());
                if (after != null && !hit.isBehind(after)) {
                    return;
                }
                if (isFull() && !hit.isBefore(best.getLast())) {
                    settled = score;
                } else {
                    add(hit);
                }
                skip();
            }

            private void skip() throws IOException {
                if (isFull()) {
                    scorer.setMinCompetitiveScore(Math.max(best.getLast().score, Math.nextUp(settled)));
                }
            }
        };
    }

    private boolean isFull() {
        return best.size() == wanted;
    }

    private void add(Hit hit) throws IOException {
        int place = best.size();
        while (place > 0 && hit.isBefore(best.get(place - 1))) {
            place--;
        }
        best.add(place, hit);
        if (best.size() > wanted) {
            best.removeLast();
        }
    }
}
