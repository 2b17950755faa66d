package dev.kontor.query.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.query.catalog.CatalogQuery.SearchProducts;
import dev.kontor.query.catalog.ProductQueries.Stage;
import dev.kontor.query.platform.PageAfter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BestProductsTest {

    private static final List<String> TITLES = List.of("Tea", "Tea pot", "Green tea", "A pot for green tea", "Kettle");
    private static final CustomerId SELLER = CustomerId.mint();

    private final ProductWords words = new ProductWords("english");
    private final ProductFields fields = new ProductFields(words);
    private final Random random = new Random(7);

    private ByteBuffersDirectory directory;
    private IndexWriter writer;
    private DirectoryReader reader;
    private int written;

    @BeforeEach
    void begin() throws IOException {
        directory = new ByteBuffersDirectory();
        writer = new IndexWriter(directory, ProductIndex.settings(words));
    }

    @AfterEach
    void end() throws IOException {
        reader.close();
        writer.close();
        directory.close();
    }

    private void write(String title, boolean inStock) throws IOException {
        int number = written++;
        // Several are as old as each other; the ids are in another order.
        fields.write(
                writer,
                new SearchedProduct(
                        "%08x".formatted(random.nextInt()),
                        new Description(title, "", "Drinks"),
                        100,
                        SELLER,
                        true,
                        inStock,
                        1_000 + random.nextInt(number / 3 + 1),
                        0,
                        0));
    }

    private void open() throws IOException {
        writer.flush();
        reader = DirectoryReader.open(writer);
    }

    private Query query(IndexSearcher searcher, String text, Stage stage) throws IOException {
        return new ProductQueries(words, new Spellings(searcher))
                .of(
                        new SearchProducts(
                                text, "", null, false, null, null, null, false, ProductSort.RELEVANCE, 20, null),
                        stage,
                        true);
    }

    private IndexSearcher searcher(Similarity similarity) {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setSimilarity(similarity);
        searcher.setQueryCache(null);
        return searcher;
    }

    /** The other way: Lucene sorts all that is found. */
    @ParameterizedTest
    @ValueSource(strings = {"tea", "te", "green tea", "pot", "gren pot", "kettle", "kettle tea"})
    void every_page_has_the_products_that_sorting_all_of_them_gives(String text) throws IOException {
        for (int i = 0; i < 3_000; i++) {
            write(TITLES.get(random.nextInt(TITLES.size())), random.nextInt(4) > 0);
            if (i % 400 == 0) {
                writer.flush();
            }
        }
        open();
        assertThat(reader.leaves()).hasSizeGreaterThan(1);
        IndexSearcher searcher = searcher(ProductIndex.SIMILARITY);
        Sort sort = new Sort(
                SortField.FIELD_SCORE,
                new SortField(ProductFields.LISTED_AT, SortField.Type.LONG, true),
                new SortField(ProductFields.ID, SortField.Type.STRING, true));
        for (Stage stage : Stage.values()) {
            Query query = query(searcher, text, stage);
            ScoreDoc[] sorted = searcher.search(query, 5_000, sort).scoreDocs;

            IndexPage page = new IndexPage(ProductSort.RELEVANCE);
            List<FieldDoc> paged = new ArrayList<>();
            PageAfter after = null;
            FieldDoc[] next;
            do {
                next = page.first(searcher, query, 57, after);
                paged.addAll(Arrays.asList(next));
                after = next.length == 0 ? null : page.endOf(next[next.length - 1], stage);
            } while (next.length == 57);

            assertThat(paged)
                    .as("%s", stage)
                    .extracting(found -> found.doc)
                    .containsExactlyElementsOf(
                            Arrays.stream(sorted).map(found -> found.doc).toList());
        }
    }

    @Test
    void of_many_equally_good_products_few_are_looked_at() throws IOException {
        for (int i = 0; i < 20_000; i++) {
            write("Pen " + i, true);
        }
        open();
        AtomicInteger scored = new AtomicInteger();
        IndexSearcher searcher = searcher(counting(scored));

        FieldDoc[] found =
                new IndexPage(ProductSort.RELEVANCE).first(searcher, query(searcher, "pen", Stage.WORDS), 21, null);

        assertThat(found).hasSize(21);
        assertThat(searcher.count(MatchAllDocsQuery.INSTANCE)).isEqualTo(20_000);
        assertThat(scored.get())
                .as("blocks of 128 products, a few in each segment, by each field")
                .isBetween(21, 2_000 * reader.leaves().size());
    }

    private static Similarity counting(AtomicInteger scored) {
        return new Similarity() {
            @Override
            public SimScorer scorer(
                    float boost,
                    org.apache.lucene.search.CollectionStatistics field,
                    org.apache.lucene.search.TermStatistics... terms) {
                SimScorer scorer = ProductIndex.SIMILARITY.scorer(boost, field, terms);
                return new SimScorer() {
                    @Override
                    public float score(float frequency, long norm) {
                        scored.incrementAndGet();
                        return scorer.score(frequency, norm);
                    }
                };
            }
        };
    }
}
