package dev.kontor.query.catalog;

import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.similarities.BM25Similarity;

/**
 * BM25 with constants in place of the statistics of the index. So the score of a product depends on the product and the
 * search alone, and a page that begins after a score continues the page before, whatever changes in between.
 */
final class SteadySimilarity extends BM25Similarity {

    private static final float WORDS_OF_A_NAME = 6;
    private static final float WORDS_OF_A_TEXT = 60;

    /** Every word of a search has the same weight. */
    @Override
    protected float idf(long documentsWithTheWord, long documents) {
        return 1;
    }

    @Override
    protected float avgFieldLength(CollectionStatistics field) {
        return field.field().equals(ProductFields.TEXT_STEM) ? WORDS_OF_A_TEXT : WORDS_OF_A_NAME;
    }
}
