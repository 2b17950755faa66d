package dev.kontor.query.catalog;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/**
 * The words of the index that are spelled almost like a searched one. The look-up is the expensive part of a search, so
 * each is made once, however many queries the search needs. For one search.
 */
final class Spellings {

    private static final int MOST_SPELLINGS = 20;
    private static final int SHORTEST_CORRECTED = 4;
    private static final int SHORTEST_CORRECTED_TWICE = 8;
    private static final int LONGEST_CORRECTED_TWICE = 14;
    private static final int LONGEST_CORRECTED = 30;

    private final IndexSearcher searcher;
    private final Map<Term, Query> known = new HashMap<>();

    Spellings(IndexSearcher searcher) {
        this.searcher = searcher;
    }

    /** Whether a word is neither too short nor too long. */
    static boolean isCorrected(String word) {
        return word.length() >= SHORTEST_CORRECTED && word.length() <= LONGEST_CORRECTED;
    }

    /** Where two letters may differ, the first one must be right: the look-up stays small. */
    Query of(Term word) throws IOException {
        Query spellings = known.get(word);
        if (spellings == null) {
            int length = word.text().length();
            int edits = length >= SHORTEST_CORRECTED_TWICE && length <= LONGEST_CORRECTED_TWICE ? 2 : 1;
            spellings = new FuzzyQuery(word, edits, edits - 1, MOST_SPELLINGS, true).rewrite(searcher);
            known.put(word, spellings);
        }
        return spellings;
    }
}
