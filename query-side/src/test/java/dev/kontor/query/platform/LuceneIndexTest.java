package dev.kontor.query.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.catalog.CurrencyCode;
import dev.kontor.api.catalog.ShopEvent.CurrencyFixed;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.grpc.platform.StartException;
import dev.kontor.store.EmbeddedEventStorageEngine;
import dev.kontor.store.EmbeddedEventStore;
import dev.kontor.store.EmbeddedStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LuceneIndexTest {

    private static final String PROCESSOR = "texts";

    @TempDir
    private Path folder;

    private EmbeddedStore store;
    private EventStore events;
    private LuceneIndex<Texts> index;
    private long sequence;

    /** Adds texts; a text {@code bad} cannot be written. */
    private static final class Texts implements IndexBatch {

        private final List<String> texts = new ArrayList<>();

        @Override
        public boolean write(IndexWriter writer, DirectoryReader before) throws IOException {
            for (String text : texts) {
                Document document = new Document();
                document.add(new StringField("text", text, Field.Store.NO));
                writer.updateDocument(new Term("text", text), document);
                if (text.equals("bad")) {
                    throw new IOException("no space left");
                }
            }
            return !texts.isEmpty();
        }

        @Override
        public void written() {
            // Nothing waits.
        }
    }

    @BeforeEach
    void begin() {
        openLog("log");
        index = open("1");
        index.tokens().initializeTokenSegments(PROCESSOR, 1, null);
        index.tokens().fetchToken(PROCESSOR, 0);
    }

    @AfterEach
    void end() {
        index.close();
        store.close();
    }

    private void openLog(String name) {
        store = EmbeddedStore.open(folder.resolve(name));
        Serializer serializer = StoredJson.of(StoredTypes.events());
        events = EmbeddedEventStore.builder()
                .engine(EmbeddedEventStorageEngine.builder()
                        .store(store)
                        .eventSerializer(serializer)
                        .snapshotSerializer(serializer)
                        .build())
                .build();
    }

    private LuceneIndex<Texts> open(String schema) {
        return new LuceneIndex<>(
                folder.resolve("index"),
                schema,
                events,
                () -> new IndexWriterConfig(new KeywordAnalyzer()),
                Texts::new,
                reader -> {});
    }

    /** Writes an event to the log; returns its position. */
    private TrackingToken happens() {
        events.publish(event());
        return events.createHeadToken();
    }

    private GenericDomainEventMessage<?> event() {
        return new GenericDomainEventMessage<>("Test", "shop", sequence++, new CurrencyFixed(new CurrencyCode("EUR")));
    }

    /** As an event processor does. */
    private TrackingToken handles(String... texts) {
        TrackingToken token = happens();
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(new GenericEventMessage<>("batch"));
        work.onPrepareCommit(unit -> index.tokens().storeToken(token, PROCESSOR, 0));
        index.batch().texts.addAll(List.of(texts));
        work.commit();
        return token;
    }

    private int texts() {
        return index.read(DirectoryReader::numDocs);
    }

    private TrackingToken token() {
        return index.tokens().fetchToken(PROCESSOR, 0);
    }

    @Test
    void what_was_written_is_found_at_once_and_after_an_orderly_end() {
        TrackingToken token = handles("a", "b");
        assertThat(texts()).isEqualTo(2);

        index.close();
        index = open("1");

        assertThat(texts()).isEqualTo(2);
        assertThat(token()).isEqualTo(token);
    }

    @Test
    void without_an_orderly_end_content_and_token_are_those_of_the_last_commit() throws IOException {
        handles("a");
        index.close();
        copy(folder.resolve("index"), folder.resolve("then"));
        index = open("1");
        TrackingToken then = token();
        handles("b");

        LuceneIndex<Texts> killed = index;
        copy(folder.resolve("index"), folder.resolve("now"));
        killed.close();
        empty(folder.resolve("index"));
        copy(folder.resolve("now"), folder.resolve("index"));
        index = open("1");

        assertThat(token()).isEqualTo(then);
        assertThat(texts()).isEqualTo(1);
    }

    @Test
    void a_checkpoint_has_what_was_written_and_keeps_it_while_the_index_goes_on() throws IOException {
        handles("a", "b");
        Path checkpoint = folder.resolve("checkpoint");

        index.checkpoint(checkpoint);
        handles("c");

        index.close();
        empty(folder.resolve("index"));
        copy(checkpoint, folder.resolve("index"));
        index = open("1");
        assertThat(texts()).isEqualTo(2);
    }

    @Test
    void a_batch_without_changes_writes_nothing() {
        handles("a");
        LuceneIndex.Writes before = index.writes();

        TrackingToken token = handles();

        assertThat(index.writes()).isEqualTo(before);
        assertThat(token()).isEqualTo(token);
    }

    @Test
    void many_events_without_changes_are_committed_once_in_a_while() {
        long before = index.writes().commits();
        TrackingToken head = happens();
        long last = head.position().orElseThrow();
        for (int batch = 0; batch < 101; batch++) {
            GenericDomainEventMessage<?>[] hundred = new GenericDomainEventMessage<?>[100];
            Arrays.setAll(hundred, i -> event());
            events.publish(hundred);
        }

        index.tokens().storeToken(new GlobalSequenceTrackingToken(last + 9_000), PROCESSOR, 0);
        assertThat(index.writes().commits()).isEqualTo(before);
        index.tokens().storeToken(new GlobalSequenceTrackingToken(last + 10_050), PROCESSOR, 0);
        assertThat(index.writes().commits()).isEqualTo(before + 1);
    }

    @Test
    void a_failed_batch_leaves_the_last_commit_from_which_the_processor_goes_on() {
        handles("a");
        index.close();
        index = open("1");
        TrackingToken committed = token();
        handles("b");

        assertThatThrownBy(() -> handles("bad")).hasRootCauseMessage("no space left");

        assertThatThrownBy(() -> handles("c"))
                .as("the events since the commit would be missed")
                .isInstanceOf(UnableToClaimTokenException.class);
        assertThatThrownBy(() -> index.tokens().extendClaim(PROCESSOR, 0))
                .isInstanceOf(UnableToClaimTokenException.class);
        assertThat(token()).isEqualTo(committed);
        assertThat(texts()).isEqualTo(1);
        handles("b", "c");
        assertThat(texts()).isEqualTo(3);
    }

    @Test
    void an_index_of_another_schema_is_discarded() {
        handles("a");
        index.close();

        index = open("2");

        assertThat(texts()).isZero();
        assertThat(index.tokens().fetchSegments(PROCESSOR)).isEmpty();
    }

    @Test
    void an_index_of_another_log_is_discarded() {
        handles("a");
        index.close();
        store.close();
        openLog("other");
        sequence = 0;
        happens();
        happens();

        index = open("1");

        assertThat(texts()).isZero();
    }

    @Test
    void an_index_that_is_ahead_of_its_log_is_discarded() {
        handles("a");
        index.close();
        store.close();
        openLog("empty");

        index = open("1");

        assertThat(texts()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"changed", "cut", "missing"})
    void a_damaged_index_is_discarded_when_it_is_opened(String damage) throws IOException {
        handles("a", "b", "c");
        index.close();
        for (Path file : files()) {
            if (!file.getFileName().toString().equals("write.lock")) {
                index.close();
                copy(folder.resolve("index"), folder.resolve("whole"));
                damage(file, damage);

                index = open("1");

                assertThat(texts()).as("%s %s", file.getFileName(), damage).isIn(0, 3);
                boolean isDiscarded = texts() == 0;
                assertThat(index.tokens().fetchSegments(PROCESSOR)).hasSize(isDiscarded ? 0 : 1);
                assertThat(isDiscarded || file.toString().endsWith(".lock"))
                        .as("%s %s", file.getFileName(), damage)
                        .isTrue();
                index.close();
                empty(folder.resolve("index"));
                copy(folder.resolve("whole"), folder.resolve("index"));
                empty(folder.resolve("whole"));
            }
        }
        index = open("1");
        assertThat(texts()).isEqualTo(3);
    }

    private static void damage(Path file, String damage) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        switch (damage) {
            case "changed" -> {
                bytes[bytes.length / 2] ^= 0x55;
                Files.write(file, bytes);
            }
            case "cut" -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            default -> Files.delete(file);
        }
    }

    @Test
    void damage_that_a_search_meets_is_reported_and_the_processor_begins_anew() {
        handles("a");

        assertThatThrownBy(() -> index.read(reader -> {
                    throw new CorruptIndexException("checksum", "a file");
                }))
                .isInstanceOf(UncheckedIOException.class);

        assertThatThrownBy(() -> index.tokens().extendClaim(PROCESSOR, 0))
                .isInstanceOf(UnableToClaimTokenException.class);
        assertThatThrownBy(() -> index.tokens().storeToken(happens(), PROCESSOR, 0))
                .isInstanceOf(UnableToClaimTokenException.class);
        assertThat(index.tokens().fetchSegments(PROCESSOR)).hasSize(1);
        assertThat(token()).as("the beginning").isNull();
        assertThat(texts()).isZero();
        handles("a");
        assertThat(texts()).isEqualTo(1);
    }

    @Test
    void one_that_starts_over_is_empty_and_has_no_token() {
        handles("a");

        index.startOver();

        assertThat(texts()).isZero();
        assertThat(index.tokens().fetchSegments(PROCESSOR)).isEmpty();
        index.tokens().initializeTokenSegments(PROCESSOR, 1, null);
        assertThat(Optional.ofNullable(token())).isEmpty();
    }

    @Test
    void a_second_process_is_refused() {
        LuceneIndex<Texts> second = open("1");

        assertThatThrownBy(() -> second.read(DirectoryReader::numDocs))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("Another process");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("index"))) {
            return all.toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> all = Files.list(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void empty(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Files.delete(file);
            }
        }
    }
}
