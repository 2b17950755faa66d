package dev.kontor.query.catalog;

import dev.kontor.query.catalog.CatalogQuery.SearchProducts;
import dev.kontor.query.catalog.ProductWords.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Lucene's queries for one search. The number of their clauses is bounded, whatever is searched. */
final class ProductQueries {

    /** How much a word of the search may differ from a word of the product. Each stage finds what those before it do. */
    enum Stage {
        /** Every word is in the product, in any form; the last one may be the beginning of a word. */
        WORDS,
        /** Letters may be wrong, missing, too many, or two of them swapped. */
        TYPING_ERRORS,
        /** One word may be missing too. */
        ALL_BUT_ONE
    }

    /** Further words must be spelled correctly. */
    private static final int MOST_CORRECTED = 4;

    private static final float TIES = 0.1f;

    private final ProductWords words;
    private final Spellings spellings;

    ProductQueries(ProductWords words, Spellings spellings) {
        this.words = words;
        this.spellings = spellings;
    }

    /** @param isRanked whether the score matters */
    Query of(SearchProducts search, Stage stage, boolean isRanked) throws IOException {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        if (search.search().isEmpty()) {
            query.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
        } else {
            texts(query, words.of(search.search()), stage, isRanked);
            if (isRanked) {
                query.add(constant(new Term(ProductFields.TITLE_WHOLE, words.whole(search.search())), 3), Occur.SHOULD);
                query.add(constant(new Term(ProductFields.IN_STOCK, ProductFields.YES), 0.5f), Occur.SHOULD);
            }
        }
        filters(query, search);
        return query.build();
    }

    private void texts(BooleanQuery.Builder query, List<Word> searched, Stage stage, boolean isRanked)
            throws IOException {
        if (searched.isEmpty()) {
            query.add(MatchNoDocsQuery.INSTANCE, Occur.MUST);
            return;
        }
        boolean mayMissOne = stage == Stage.ALL_BUT_ONE && searched.size() > 1;
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (int i = 0; i < searched.size(); i++) {
            boolean isCorrected = stage != Stage.WORDS && i < MOST_CORRECTED;
            all.add(
                    anywhere(searched.get(i), i == searched.size() - 1, isCorrected),
                    mayMissOne ? Occur.SHOULD : Occur.MUST);
        }
        if (mayMissOne) {
            all.setMinimumNumberShouldMatch(searched.size() - 1);
        }
        query.add(all.build(), isRanked ? Occur.MUST : Occur.FILTER);
        if (isRanked && searched.size() > 1) {
            query.add(
                    new PhraseQuery(
                            ProductFields.TITLE,
                            searched.stream().map(Word::plain).toArray(String[]::new)),
                    Occur.SHOULD);
        }
    }

    private Query anywhere(Word word, boolean isLast, boolean isCorrected) throws IOException {
        List<Query> ways = new ArrayList<>();
        title(word, isLast, isCorrected, ways);
        ways.add(term(ProductFields.CATEGORY, word.plain(), 2));
        ways.add(term(ProductFields.CATEGORY_STEM, word.stem(), 1.5f));
        if (isLast) {
            ways.add(constant(new Term(ProductFields.CATEGORY_PREFIX, beginning(word)), 0.4f));
        }
        if (isCorrected && Spellings.isCorrected(word.plain())) {
            ways.add(misspelled(ProductFields.CATEGORY, word.plain(), 0.4f));
        }
        ways.add(term(ProductFields.TEXT_STEM, word.stem(), 0.5f));
        return new DisjunctionMaxQuery(ways, TIES);
    }

    private void title(Word word, boolean isLast, boolean isCorrected, List<Query> ways) throws IOException {
        ways.add(term(ProductFields.TITLE, word.plain(), 4));
        ways.add(term(ProductFields.TITLE_STEM, word.stem(), 3));
        if (isLast) {
            ways.add(constant(new Term(ProductFields.TITLE_PREFIX, beginning(word)), 0.8f));
        }
        if (isCorrected && Spellings.isCorrected(word.plain())) {
            ways.add(misspelled(ProductFields.TITLE, word.plain(), 0.7f));
            if (isLast) {
                ways.add(misspelled(ProductFields.TITLE_PREFIX, beginning(word), 0.2f));
            }
        }
    }

    /** Products whose title has every word, or the beginning of the last one. */
    Query titles(List<Word> searched, boolean isCorrected) throws IOException {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        for (int i = 0; i < searched.size(); i++) {
            List<Query> ways = new ArrayList<>();
            title(searched.get(i), i == searched.size() - 1, isCorrected && i < MOST_CORRECTED, ways);
            query.add(new DisjunctionMaxQuery(ways, TIES), Occur.MUST);
        }
        query.add(constant(new Term(ProductFields.IN_STOCK, ProductFields.YES), 0.5f), Occur.SHOULD);
        query.add(new TermQuery(new Term(ProductFields.LISTED, ProductFields.YES)), Occur.FILTER);
        return query.build();
    }

    /** Products of the categories whose name has every word, or the beginning of the last one. */
    Query ofCategories(List<Word> searched) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        for (int i = 0; i < searched.size(); i++) {
            Word word = searched.get(i);
            List<Query> ways = new ArrayList<>();
            ways.add(term(ProductFields.CATEGORY, word.plain(), 1));
            ways.add(term(ProductFields.CATEGORY_STEM, word.stem(), 1));
            if (i == searched.size() - 1) {
                ways.add(term(ProductFields.CATEGORY_PREFIX, beginning(word), 1));
            }
            query.add(new DisjunctionMaxQuery(ways, 0), Occur.FILTER);
        }
        query.add(new TermQuery(new Term(ProductFields.LISTED, ProductFields.YES)), Occur.FILTER);
        return query.build();
    }

    private static void filters(BooleanQuery.Builder query, SearchProducts search) {
        if (!search.alsoDelisted()) {
            filter(query, ProductFields.LISTED, ProductFields.YES);
        }
        if (!search.category().isEmpty()) {
            filter(query, ProductFields.CATEGORY_KEY, search.category());
        }
        if (search.seller() != null) {
            filter(query, ProductFields.SELLER, search.seller().value());
        }
        if (search.inStock() != null) {
            filter(query, ProductFields.IN_STOCK, search.inStock() ? ProductFields.YES : ProductFields.NO);
        }
        if (search.minPrice() != null || search.maxPrice() != null) {
            long least = search.minPrice() == null ? Long.MIN_VALUE : search.minPrice();
            long most = search.maxPrice() == null ? Long.MAX_VALUE : search.maxPrice();
            query.add(
                    least > most
                            ? MatchNoDocsQuery.INSTANCE
                            : LongPoint.newRangeQuery(ProductFields.PRICE, least, most),
                    Occur.FILTER);
        }
    }

    private static void filter(BooleanQuery.Builder query, String field, String value) {
        query.add(new TermQuery(new Term(field, value)), Occur.FILTER);
    }

    private static Query term(String field, String text, float boost) {
        return new BoostQuery(new TermQuery(new Term(field, text)), boost);
    }

    private static Query constant(Term term, float score) {
        return new BoostQuery(new ConstantScoreQuery(new TermQuery(term)), score);
    }

    private static String beginning(Word word) {
        int characters = word.plain().codePointCount(0, word.plain().length());
        return characters <= ProductWords.LONGEST_PREFIX
                ? word.plain()
                : word.plain().substring(0, word.plain().offsetByCodePoints(0, ProductWords.LONGEST_PREFIX));
    }

    private Query misspelled(String field, String word, float boost) throws IOException {
        return new BoostQuery(spellings.of(new Term(field, word)), boost);
    }
}
