package dev.kontor.query.catalog;

import dev.kontor.query.SearchFolder;
import dev.kontor.query.SearchSettings;
import dev.kontor.query.platform.LocalLetterFiles;
import dev.kontor.query.platform.LocalView;
import dev.kontor.query.platform.LuceneIndex;
import dev.kontor.query.platform.ReadYourWrites;
import dev.kontor.query.platform.View;
import dev.kontor.side.platform.JoinedLetters;
import dev.kontor.side.platform.LetterStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.util.Version;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The search index of all products. */
@Component
class ProductIndex implements LocalView, AutoCloseable {

    static final Similarity SIMILARITY = new SteadySimilarity();

    /** The folder of the dead letters in that of the index. */
    private static final String LETTERS = "letters";

    private final ProductWords words;
    private final ProductFields fields;
    private final LuceneIndex<ProductIndexBatch> index;
    /** Products without stock: the stock of all others can move without a look at the index. */
    private final Set<String> soldOut = ConcurrentHashMap.newKeySet();

    private final ObjectProvider<Configuration> configuration;
    private final LocalLetterFiles letterFiles;
    private final JoinedLetters letters;

    ProductIndex(
            SearchFolder folder,
            SearchSettings settings,
            EventStore log,
            ReadYourWrites arrivals,
            ObjectProvider<Configuration> configuration) {
        this.configuration = configuration;
        this.words = new ProductWords(settings.language());
        this.fields = new ProductFields(words);
        this.index = new LuceneIndex<>(
                folder.path(),
                "%d %s %s".formatted(SearchedProduct.VIEW.schema(), words.language(), Version.LATEST),
                log,
                () -> settings(words),
                () -> new ProductIndexBatch(soldOut, fields, arrivals),
                this::opened);
        this.letterFiles = new LocalLetterFiles(folder.path().resolve(LETTERS), index::makeDurable);
        this.letters = new JoinedLetters(letterFiles);
    }

    static IndexWriterConfig settings(ProductWords words) {
        return new IndexWriterConfig(words.analyzer()).setSimilarity(SIMILARITY).setIndexSort(IndexPage.NEWEST_FIRST);
    }

    private void opened(DirectoryReader reader) throws IOException {
        // Discarded with the content, if it was.
        letters.readAgain();
        soldOut.clear();
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        soldOut.addAll(searcher.search(
                new TermQuery(new Term(ProductFields.IN_STOCK, ProductFields.NO)), new IdCollector.Manager()));
    }

    @Override
    public View view() {
        return SearchedProduct.VIEW;
    }

    @Override
    public TokenStore tokens() {
        return index.tokens();
    }

    @Override
    public void checkpoint(Path folder) throws IOException {
        // Before and after: a letter that is put aside or retried meanwhile is in one of the two.
        letterFiles.link(folder.resolve(LETTERS));
        index.checkpoint(folder);
        letterFiles.link(folder.resolve(LETTERS));
    }

    @Override
    public void startOver() {
        letters.clear(SearchedProduct.VIEW_NAME);
        index.startOver();
    }

    @Override
    public LetterStore letters() {
        return letters;
    }

    /** @param change from the product before, null if there is none */
    void change(String id, long version, UnaryOperator<SearchedProduct> change) {
        ProductIndexBatch batch = index.batch();
        if (index.isOneByOne()) {
            index.read(reader -> batch.afterwards(reader, id, version, change));
        }
        batch.product(id, version, change);
    }

    void stock(String id, long version, boolean isInStock) {
        ProductIndexBatch batch = index.batch();
        if (index.isOneByOne() && isInStock == soldOut.contains(id)) {
            index.read(reader -> batch.afterwards(reader, id, version, before -> before.stocked(isInStock, version)));
        }
        batch.stock(id, version, isInStock);
    }

    ProductWords words() {
        return words;
    }

    <T> T read(LuceneIndex.Reading<T> reading) {
        return index.read(reading);
    }

    Optional<SearchedProduct> find(String id) {
        return index.read(reader -> Optional.ofNullable(fields.find(reader, id)));
    }

    /** Whether a search finds the product as this document shows it, or as a later one does. */
    boolean shows(ProductDocument document) {
        SearchedProduct wanted = SearchedProduct.of(document);
        return find(document.id())
                .filter(product -> product.version() >= wanted.version() || product.looksLike(wanted))
                .isPresent();
    }

    /** The status of the index's event processor; null while it does not run. */
    EventTrackerStatus status() {
        return configuration
                .getObject()
                .eventProcessingConfiguration()
                .eventProcessor(SearchedProduct.VIEW_NAME, PooledStreamingEventProcessor.class)
                .orElseThrow()
                .processingStatus()
                .get(0);
    }

    /** Before the event processor stops, which then forgets how far it has come. */
    @EventListener(ContextClosedEvent.class)
    void noteProgress() {
        EventTrackerStatus status = status();
        if (status != null) {
            index.handled(status.getTrackingToken());
        }
    }

    /** Documents and commits that were written since the start. */
    LuceneIndex.Writes writes() {
        return index.writes();
    }

    @Override
    public void close() {
        index.close();
    }
}
