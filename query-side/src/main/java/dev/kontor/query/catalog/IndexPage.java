package dev.kontor.query.catalog;

import dev.kontor.query.Paging;
import dev.kontor.query.catalog.ProductQueries.Stage;
import dev.kontor.query.platform.PageAfter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.util.BytesRef;

/**
 * The order of an indexed search, and where its pages end. A page's end is the stage of the search and the sort values
 * of the last product, so the next page begins behind it whatever was written in between.
 */
record IndexPage(ProductSort order) {

    /** The order in which segments store products: a search in this order, or by score, reads no more than it needs. */
    static final Sort NEWEST_FIRST = new Sort(number(ProductFields.LISTED_AT, true), reversedId());

    private static final SortField ID = new SortField(ProductFields.ID, SortField.Type.STRING);

    /** The best products of a query, each with the values that it is sorted by. */
    FieldDoc[] first(IndexSearcher searcher, Query query, int wanted, PageAfter after) throws IOException {
        FieldDoc place = place(after);
        if (order == ProductSort.RELEVANCE) {
            return searcher.search(query, BestProducts.first(wanted, place));
        }
        ScoreDoc[] found =
                searcher.search(query, new TopFieldCollectorManager(sort(), wanted, place, wanted)).scoreDocs;
        return Arrays.copyOf(found, found.length, FieldDoc[].class);
    }

    private Sort sort() {
        return switch (order) {
            case RELEVANCE -> throw new IllegalStateException("Scores are not sorted by Lucene");
            case NEWEST -> NEWEST_FIRST;
            case CHEAPEST -> new Sort(number(ProductFields.PRICE, false), ID);
            case DEAREST -> new Sort(number(ProductFields.PRICE, true), reversedId());
            case TITLE -> new Sort(new SortField(ProductFields.TITLE_KEY, SortField.Type.STRING), ID);
        };
    }

    private static SortField number(String field, boolean descending) {
        return new SortField(field, SortField.Type.LONG, descending);
    }

    private static SortField reversedId() {
        return new SortField(ProductFields.ID, SortField.Type.STRING, true);
    }

    /** The id of a found product. */
    static String id(FieldDoc found) {
        return ((BytesRef) found.fields[found.fields.length - 1]).utf8ToString();
    }

    PageAfter endOf(FieldDoc last, Stage stage) {
        String key = switch (order) {
            case RELEVANCE -> Float.floatToIntBits((Float) last.fields[0]) + ":" + last.fields[1];
            case NEWEST, CHEAPEST, DEAREST -> last.fields[0].toString();
            case TITLE -> ((BytesRef) last.fields[0]).utf8ToString();
        };
        return new PageAfter(stage.ordinal() + ":" + key, id(last));
    }

    /** @throws dev.kontor.grpc.platform.RefusedException if the token was tampered with */
    static Stage stage(PageAfter after) {
        int stage = after.key().isEmpty() ? -1 : after.key().charAt(0) - '0';
        if (stage < 0 || stage >= Stage.values().length || !after.key().startsWith(":", 1)) {
            throw Paging.refusal();
        }
        return Stage.values()[stage];
    }

    /** The place at which a page begins; null for the first page. */
    private FieldDoc place(PageAfter after) {
        if (after == null) {
            return null;
        }
        PageAfter key = new PageAfter(after.key().substring(2), after.id());
        Object id = new BytesRef(after.id());
        Object[] values = switch (order) {
            case RELEVANCE -> {
                List<Long> numbers = Paging.numbers(key, 2);
                yield new Object[] {Float.intBitsToFloat(numbers.getFirst().intValue()), numbers.getLast(), id};
            }
            case NEWEST, CHEAPEST, DEAREST -> new Object[] {Paging.number(key), id};
            case TITLE -> new Object[] {new BytesRef(key.key()), id};
        };
        return new FieldDoc(Integer.MAX_VALUE, Float.NaN, values);
    }
}
