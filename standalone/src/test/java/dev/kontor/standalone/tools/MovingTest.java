package dev.kontor.standalone.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.cart.CartLine;
import dev.kontor.api.catalog.ProductId;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.order.OrderId;
import dev.kontor.command.operations.OrderProcessing;
import dev.kontor.command.order.OpenOrders.OpenOrder;
import dev.kontor.command.order.PlaceOrderSaga;
import dev.kontor.side.customer.MongoKeyRing;
import dev.kontor.standalone.operations.DataFolder;
import dev.kontor.standalone.tools.CommandState.OpenSaga;
import dev.kontor.store.LogReader;
import dev.kontor.store.LogWriter;
import dev.kontor.store.LoggedRow;
import dev.kontor.store.Vault;
import io.axoniq.axonserver.grpc.event.Event;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.serialization.SimpleSerializedObject;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a folder to an Axon Server with a MongoDB, and back. */
class MovingTest {

    private static final int EVENTS = 25_000;
    private static final OrderId ORDER = OrderId.mint();

    private static final CommandState STATE = new CommandState(
            new GlobalSequenceTrackingToken(EVENTS - 1),
            List.of(new OpenSaga("saga-1", saga(), Set.of(new AssociationValue("orderId", ORDER.value())))),
            List.of(new OpenOrder(
                    ORDER,
                    List.of(new CartLine(ProductId.mint(), new Quantity(2))),
                    Instant.ofEpochMilli(1_000),
                    Instant.ofEpochMilli(61_000),
                    true)));

    @TempDir
    Path folder;

    private final FakeAxonServer server = new FakeAxonServer();
    private final MemoryMongo mongo = new MemoryMongo();
    private final Map<String, String> environment = new TreeMap<>();
    private DataFolder data;
    private Path file;

    private static PlaceOrderSaga saga() {
        String json = "{\"orderId\":\"%s\",\"lines\":2,\"reserved\":[],\"reservations\":[],\"refused\":[]}"
                .formatted(ORDER.value());
        return StateRows.SERIALIZER.deserialize(new SimpleSerializedObject<>(
                json.getBytes(StandardCharsets.UTF_8),
                byte[].class,
                StateRows.SERIALIZER.typeForClass(PlaceOrderSaga.class)));
    }

    @BeforeEach
    void house() {
        data = Given.half(folder.resolve("data"), EVENTS);
        try (LogWriter writer = LogWriter.open(data.book());
                Vault keys = Vault.open(data.keys())) {
            writer.finish(StateRows.write(STATE));
            keys.putIfAbsent("customer/anna", new byte[] {1, 2, 3});
            keys.destroy("customer/bert");
        }
        file = folder.resolve("log.jsonl.gz");
        assertThat(Told.by(new ExportTool(), file, "--data", data.root()).exitCode())
                .isZero();
    }

    @AfterEach
    void close() {
        server.close();
        mongo.close();
    }

    private Told move() {
        return Told.by(
                new ImportTool(environment),
                file,
                "--to",
                "axon-server",
                "--server",
                server.address(),
                "--mongodb",
                mongo.uri(),
                "--data",
                data.root());
    }

    private Told bring(Path to) {
        return Told.by(
                new ExportTool(1_000, environment),
                to,
                "--from",
                "axon-server",
                "--server",
                server.address(),
                "--mongodb",
                mongo.uri());
    }

    private static void assertGood(Told told) {
        assertThat(told.exitCode()).as(told.out() + told.err()).isZero();
    }

    private static void assertRefused(Told told, String why) {
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.lastLine()).contains(why);
        assertThat(told.err()).as("no stack, but a sentence").doesNotContain("\tat ");
    }

    private static CommandState stateIn(DataFolder folder) {
        List<LoggedRow> rows = new ArrayList<>();
        try (LogReader log = LogReader.open(folder.book())) {
            log.readBeside(rows::add);
        }
        return StateRows.read(rows);
    }

    private static String json(CommandState state) {
        return state.sagas().stream()
                .map(saga -> saga.id()
                        + saga.associations()
                        + StateRows.SERIALIZER
                                .serialize(saga.saga(), String.class)
                                .getData())
                .toList()
                .toString();
    }

    private static void assertSame(CommandState state) {
        assertThat(state.ordersAt()).isEqualTo(STATE.ordersAt());
        assertThat(json(state)).isEqualTo(json(STATE)).contains(ORDER.value());
        assertThat(state.openOrders()).isEqualTo(STATE.openOrders());
    }

    @Test
    void a_log_that_moves_there_and_back_is_the_same_with_all_that_stands_beside_it() {
        assertGood(move());
        Path brought = folder.resolve("brought.jsonl.gz");
        assertGood(bring(brought));
        DataFolder back = Given.data(folder.resolve("back"));
        assertGood(Told.by(new ImportTool(environment), brought, "--data", back.root(), "--mongodb", mongo.uri()));

        Given.Content before = Given.Content.of(data);
        Given.Content after = Given.Content.of(back);
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.chain()).isEqualTo(before.chain());
        assertThat(after.events()).isEqualTo(before.events());
        assertSame(stateIn(back));
        Map<String, Integer> keys = new TreeMap<>();
        try (Vault vault = Vault.open(back.keys())) {
            vault.forEach(
                    (name, key) -> keys.put(name, key.map(bytes -> bytes.length).orElse(0)));
        }
        assertThat(keys).containsExactly(Map.entry("customer/anna", 3), Map.entry("customer/bert", 0));
    }

    @Test
    void it_can_come_back_into_the_folder_that_it_was_moved_from() {
        assertGood(move());
        // What a command side has written since: it knows no nanoseconds, and nothing of a log's name.
        Event since = Event.newBuilder(ServerEvents.write(Given.event(EVENTS), Given.BOOK))
                .clearMetaData()
                .build();
        server.events.add(since);
        new MongoKeyRing(mongo.database()).destroy("customer/anna");
        Path brought = folder.resolve("brought.jsonl.gz");
        assertGood(bring(brought));

        Told home = Told.by(new ImportTool(environment), brought, "--data", data.root(), "--mongodb", mongo.uri());

        assertGood(home);
        assertThat(home.lastLine()).startsWith("Imported 25,001 events");
        assertSame(stateIn(data));
        try (Vault keys = Vault.open(data.keys())) {
            assertThat(keys.get("customer/anna")).isEmpty();
        }
    }

    @Test
    void every_segment_of_the_command_side_begins_where_the_one_jvm_ended() {
        assertGood(move());

        List<Document> tokens = mongo.database()
                .getCollection("command_tokens")
                .find(new Document("processorName", OrderProcessing.GROUP))
                .into(new ArrayList<>());
        assertThat(tokens)
                .hasSize(4)
                .allSatisfy(token -> assertThat(token.getString("owner")).isNull());
        assertThat(mongo.database().getCollection("open_orders").countDocuments())
                .isEqualTo(1);
        assertThat(mongo.database().getCollection("sagas").countDocuments()).isEqualTo(1);
    }

    @Test
    void an_import_that_breaks_off_anywhere_goes_on_and_ends_the_same() {
        int broken = 0;
        for (server.transactionsLeft = 0; move().exitCode() != 0; server.transactionsLeft = 3) {
            assertThat(mongo.database().getCollection("command_tokens").countDocuments())
                    .as("no command side may take this for whole")
                    .isZero();
            broken++;
        }

        assertThat(broken).isGreaterThan(3);
        assertThat(server.events).hasSize(EVENTS);
        Path brought = folder.resolve("brought.jsonl.gz");
        assertThat(bring(brought).lastLine()).contains("chain " + chain());
    }

    private String chain() {
        try (LogReader log = LogReader.open(data.book())) {
            return Verifying.chainOf(log);
        }
    }

    @Test
    void it_is_written_in_few_transactions() {
        assertGood(move());

        assertThat(server.transactions).isBetween(EVENTS / 2_000, EVENTS / 1_000);
    }

    @Test
    void what_is_there_already_is_left_alone() {
        assertGood(move());
        int before = server.transactions;

        Told again = move();

        assertGood(again);
        assertThat(again.lastLine()).startsWith("Nothing to do: ");
        assertThat(server.transactions).isEqualTo(before);
    }

    @Test
    void a_server_that_goes_away_is_told_in_a_sentence() {
        server.transactionsLeft = 2;

        assertRefused(move(), "cannot be reached: going down");
    }

    @Test
    void an_event_that_is_too_large_for_the_server_says_what_to_set() {
        data = Given.half(folder.resolve("large"), 3);
        try (LogWriter writer = LogWriter.open(data.book())) {
            byte[] large = ('"' + "x".repeat(5 << 20) + '"').getBytes(StandardCharsets.UTF_8);
            writer.append(List.of(Given.event(3, large)));
            writer.finish(List.of());
            Vault.open(data.keys()).close();
        }
        file = folder.resolve("large.jsonl.gz");
        assertGood(Told.by(new ExportTool(), file, "--data", data.root()));

        assertRefused(move(), "axoniq.axonserver.max-message-size");
    }

    @Test
    void a_server_that_is_not_there_is_told_in_a_sentence() {
        server.close();

        assertRefused(move(), "cannot be reached");
    }

    @Test
    void a_server_that_asks_for_a_token_gets_the_one_of_the_environment() {
        server.asksFor("secret");
        assertRefused(move(), "does not let this in (Invalid token)");
        environment.put("AXON_AXONSERVER_TOKEN", "secret");

        assertGood(move());
    }

    @Test
    void a_context_with_other_events_is_refused_and_not_written_to() {
        server.events.add(ServerEvents.write(Given.event(0, new byte[] {'x'}), "another"));
        assertRefused(move(), "is another log");
        server.events.set(0, ServerEvents.write(Given.event(0, new byte[] {'x'}), Given.BOOK));
        assertRefused(move(), "is not the beginning of the one in the file");

        assertThat(server.events).hasSize(1);
    }

    @Test
    void a_context_with_more_events_is_refused() {
        LongStream.rangeClosed(0, EVENTS)
                .forEach(at -> server.events.add(ServerEvents.write(Given.event(at), Given.BOOK)));

        assertRefused(move(), "more than the 25,000 in the file");
    }

    @Test
    void what_does_not_come_back_as_it_was_written_is_found_before_any_command_side_may_start() {
        server.reading = event -> event.getToken() == 4_711
                ? event.toBuilder()
                        .setEvent(event.getEvent().toBuilder().setTimestamp(1))
                        .build()
                : event;

        assertRefused(move(), "is not what it was given");
        assertThat(mongo.database().getCollection("command_tokens").countDocuments())
                .isZero();
    }

    @Test
    void a_database_in_which_a_command_side_has_begun_is_refused() {
        mongo.database()
                .getCollection("command_tokens")
                .insertOne(new Document("processorName", OrderProcessing.GROUP).append("segment", 0));

        assertRefused(move(), "A command side has begun already");
        assertThat(server.events).isEmpty();
    }

    @Test
    void a_database_with_views_of_another_log_is_refused() {
        mongo.database().getCollection("view_tokens").insertOne(new Document("processorName", "orders"));

        assertRefused(move(), "has views of another log");
    }

    @Test
    void a_key_of_another_kontor_is_never_written_over() {
        new MongoKeyRing(mongo.database()).putIfAbsent("customer/anna", new byte[] {9});

        assertRefused(move(), "it belongs to another Kontor");
        assertThat(new MongoKeyRing(mongo.database()).find("customer/anna"))
                .hasValueSatisfying(key -> assertThat(key).containsExactly(9));
    }

    @Test
    void a_key_that_was_destroyed_there_does_not_come_back() {
        new MongoKeyRing(mongo.database()).destroy("customer/anna");

        assertGood(move());
        assertThat(new MongoKeyRing(mongo.database()).find("customer/anna")).isEqualTo(Optional.empty());
    }

    @Test
    void nobody_moves_without_keys() throws Exception {
        data = Given.data(folder.resolve("elsewhere"));
        Files.createDirectories(data.root());

        assertRefused(move(), "There are no keys in");
        assertThat(server.events).isEmpty();
    }

    @Test
    void an_export_waits_until_the_command_sides_are_stopped() {
        assertGood(move());
        Document mine = new Document("owner", "command-side-1").append("timestamp", System.currentTimeMillis());
        mongo.database().getCollection("command_tokens").updateMany(new Document(), new Document("$set", mine));

        assertRefused(bring(folder.resolve("brought.jsonl.gz")), "Stop it, and after a crash wait a minute");
    }

    @Test
    void an_export_waits_until_all_segments_are_at_one_place() {
        assertGood(move());
        mongo.database()
                .getCollection("command_tokens")
                .updateOne(
                        new Document("segment", 2),
                        new Document(
                                "$set",
                                new Document(
                                        "token", new Binary("{\"globalIndex\":17}".getBytes(StandardCharsets.UTF_8)))));

        assertRefused(
                bring(folder.resolve("brought.jsonl.gz")), "Start one, let it read to the end of the log, and stop");
    }

    @Test
    void what_does_not_belong_together_is_not_exported() {
        assertGood(move());
        server.events.removeLast();

        assertRefused(bring(folder.resolve("brought.jsonl.gz")), "do not belong together");
    }

    @Test
    void an_export_of_a_log_that_grows_is_refused() {
        assertGood(move());
        server.reading = event -> {
            if (event.getToken() == 20_000) {
                server.events.add(ServerEvents.write(Given.event(EVENTS), Given.BOOK));
            }
            return event;
        };

        assertRefused(bring(folder.resolve("brought.jsonl.gz")), "Somebody writes to");
    }

    @Test
    void options_that_mean_nothing_together_are_refused() {
        for (List<String> options : List.of(
                List.of("--to", "elsewhere"),
                List.of("--server", "h:1"),
                List.of("--to", "axon-server"),
                List.of("--to", "axon-server", "--server", "h:p", "--mongodb", "mongodb://h"))) {
            List<Object> arguments = new ArrayList<>(List.of(file));
            arguments.addAll(options);
            assertThat(Told.by(new ImportTool(environment), arguments.toArray()).exitCode())
                    .as("%s", options)
                    .isEqualTo(2);
        }
    }
}
