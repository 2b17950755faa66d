package dev.kontor.query.catalog;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Collects the ids of all products that are found. */
final class IdCollector extends SimpleCollector {

    private final Set<String> found = new HashSet<>();
    private SortedDocValues ids;

    /** For searches with one thread. */
    static final class Manager implements CollectorManager<IdCollector, Set<String>> {

        @Override
        public IdCollector newCollector() {
            return new IdCollector();
        }

        @Override
        public Set<String> reduce(Collection<IdCollector> collected) {
            return collected.iterator().next().found;
        }
    }

    @Override
    protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
        ids = DocValues.getSorted(leaf.reader(), ProductFields.ID);
    }

    @Override
    public void collect(int document) throws IOException {
        if (ids.advanceExact(document)) {
            found.add(ids.lookupOrd(ids.ordValue()).utf8ToString());
        }
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }
}
