package dev.kontor.query.catalog;

import dev.kontor.query.SearchDeadline;
import dev.kontor.query.catalog.CatalogQuery.SearchProducts;
import dev.kontor.query.catalog.CatalogQuery.Suggest;
import dev.kontor.query.catalog.CatalogQuery.Suggestion;
import dev.kontor.query.catalog.ProductQueries.Stage;
import dev.kontor.query.catalog.ProductWords.Word;
import dev.kontor.query.platform.PageAfter;
import dev.kontor.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/** Searches the index. Its caller bounds threads and time. */
final class ProductSearcher {

    /** A search that finds fewer products is repeated with typing errors allowed. */
    private static final int FEW = 3;

    private static final int MOST_TITLES_READ = 40;
    private static final int MOST_CATEGORIES = 3;

    private final ProductIndex index;

    ProductSearcher(ProductIndex index) {
        this.index = index;
    }

    /** One search. */
    private record Run(IndexSearcher searcher, ProductQueries queries, SearchDeadline time) {

        /** A part of a result is never answered as if it were all. */
        void refuseIfCut() {
            if (searcher.timedOut()) {
                time.check();
            }
        }
    }

    /**
     * @param ids in their order
     * @param facets null if they were not asked for
     * @param next null on the last page
     */
    record Found(List<String> ids, Facets facets, PageAfter next) {}

    private record Hits(Stage stage, FieldDoc[] documents) {}

    Found search(SearchProducts search, SearchDeadline time) {
        return index.read(reader -> search(search, run(reader, time)));
    }

    private Run run(DirectoryReader reader, SearchDeadline time) {
        time.check();
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setSimilarity(ProductIndex.SIMILARITY);
        searcher.setQueryCache(null);
        searcher.setTimeout(time::isOver);
        return new Run(searcher, new ProductQueries(index.words(), new Spellings(searcher)), time);
    }

    private static Found search(SearchProducts search, Run run) throws IOException {
        IndexPage page = new IndexPage(search.sort());
        Hits hits = hits(search, page, run);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < Math.min(hits.documents().length, search.size()); i++) {
            ids.add(IndexPage.id(hits.documents()[i]));
        }
        PageAfter next = hits.documents().length > search.size()
                ? page.endOf(hits.documents()[search.size() - 1], hits.stage())
                : null;
        Facets facets = null;
        if (search.facets()) {
            facets = run.searcher().search(run.queries().of(search, hits.stage(), false), ProductFacets.counting());
            run.refuseIfCut();
        }
        return new Found(ids, facets, next);
    }

    private static Hits hits(SearchProducts search, IndexPage page, Run run) throws IOException {
        if (search.after() != null) {
            return top(search, IndexPage.stage(search.after()), page, run);
        }
        Hits hits = top(search, Stage.WORDS, page, run);
        if (search.search().isEmpty() || hits.documents().length >= FEW) {
            return hits;
        }
        hits = top(search, Stage.TYPING_ERRORS, page, run);
        return hits.documents().length > 0 ? hits : top(search, Stage.ALL_BUT_ONE, page, run);
    }

    /** One more than a page shows, if there are that many. */
    private static Hits top(SearchProducts search, Stage stage, IndexPage page, Run run) throws IOException {
        run.time().check();
        int wanted = Math.max(FEW, search.size() + 1);
        Query query = run.queries().of(search, stage, search.sort() == ProductSort.RELEVANCE);
        FieldDoc[] found = page.first(run.searcher(), query, wanted, search.after());
        run.refuseIfCut();
        return new Hits(stage, found);
    }

    List<Suggestion> suggest(Suggest typed, SearchDeadline time) {
        List<Word> words = index.words().of(typed.text());
        return words.isEmpty() ? List.of() : index.read(reader -> suggest(words, typed, run(reader, time)));
    }

    private static List<Suggestion> suggest(List<Word> words, Suggest typed, Run run) throws IOException {
        List<Suggestion> suggestions = new ArrayList<>();
        run.searcher().search(run.queries().ofCategories(words), ProductFacets.counting()).categories().stream()
                .limit(Math.min(MOST_CATEGORIES, typed.size()))
                .forEach(category -> suggestions.add(new Suggestion(category.value(), true)));
        Map<String, String> titles = titles(run.queries().titles(words, false), run.searcher());
        if (titles.isEmpty()) {
            titles = titles(run.queries().titles(words, true), run.searcher());
        }
        run.refuseIfCut();
        titles.values().stream()
                .limit(typed.size() - suggestions.size())
                .forEach(title -> suggestions.add(new Suggestion(title, false)));
        return suggestions;
    }

    /** The best titles, each once, by their compared form. */
    private static Map<String, String> titles(Query query, IndexSearcher searcher) throws IOException {
        Map<String, String> titles = new LinkedHashMap<>();
        for (FieldDoc document : new IndexPage(ProductSort.RELEVANCE).first(searcher, query, MOST_TITLES_READ, null)) {
            String title = ProductFields.read(searcher.storedFields().document(document.doc, ProductFields.stored()))
                    .description()
                    .title();
            titles.putIfAbsent(Text.compared(title), title);
        }
        return titles;
    }
}
