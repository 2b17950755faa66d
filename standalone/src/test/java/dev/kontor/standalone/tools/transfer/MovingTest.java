package dev.kontor.standalone.tools.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.command.platform.OrderProcessing;
import dev.kontor.side.customer.MongoKeyRing;
import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.tools.ToolOutput;
import dev.kontor.standalone.tools.axonserver.ServerEvents;
import dev.kontor.store.Vault;
import io.axoniq.axonserver.grpc.event.Event;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** From a folder to an Axon Server with a MongoDB, and back. */
class MovingTest extends MoveSetup {

    @Test
    void a_log_that_moves_there_and_back_is_the_same_with_its_state() {
        assertGood(move());
        Path brought = folder.resolve("brought.jsonl.gz");
        assertGood(bring(brought));
        DataFolder back = LogSetup.data(folder.resolve("back"));
        assertGood(
                ToolOutput.by(new ImportTool(environment), brought, "--data", back.root(), "--mongodb", mongo.uri()));

        LogSetup.Content before = LogSetup.Content.of(data);
        LogSetup.Content after = LogSetup.Content.of(back);
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
        // As a later command side writes them: without nanoseconds, and without the log's name.
        Event since = Event.newBuilder(ServerEvents.write(LogSetup.event(EVENTS), LogSetup.LOG_ID))
                .clearMetaData()
                .build();
        server.events.add(since);
        new MongoKeyRing(mongo.database()).destroy("customer/anna");
        Path brought = folder.resolve("brought.jsonl.gz");
        assertGood(bring(brought));

        ToolOutput home =
                ToolOutput.by(new ImportTool(environment), brought, "--data", data.root(), "--mongodb", mongo.uri());

        assertGood(home);
        assertThat(home.lastLine()).startsWith("Imported 25,001 events");
        assertSame(stateIn(data));
        try (Vault keys = Vault.open(data.keys())) {
            assertThat(keys.get("customer/anna")).isEmpty();
        }
    }

    @Test
    void every_segment_of_the_command_side_begins_at_the_position_of_the_standalone_process() {
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

    @Test
    void it_is_written_in_few_transactions() {
        assertGood(move());

        assertThat(server.transactions).isBetween(EVENTS / 2_000, EVENTS / 1_000);
    }

    @Test
    void present_events_are_not_changed() {
        assertGood(move());
        int before = server.transactions;

        ToolOutput again = move();

        assertGood(again);
        assertThat(again.lastLine()).startsWith("Nothing to do: ");
        assertThat(server.transactions).isEqualTo(before);
    }

    @Test
    void the_token_of_the_environment_is_sent_to_the_server() {
        server.asksFor("secret");
        assertRefused(move(), "denies access (Invalid token)");
        environment.put("AXON_AXONSERVER_TOKEN", "secret");

        assertGood(move());
    }

    @Test
    void a_key_that_was_destroyed_there_is_not_restored() {
        new MongoKeyRing(mongo.database()).destroy("customer/anna");

        assertGood(move());
        assertThat(new MongoKeyRing(mongo.database()).find("customer/anna")).isEqualTo(Optional.empty());
    }
}
