package dev.kontor.standalone.tools.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.command.platform.OrderProcessing;
import dev.kontor.side.customer.MongoKeyRing;
import dev.kontor.standalone.tools.ToolOutput;
import dev.kontor.standalone.tools.axonserver.ServerEvents;
import dev.kontor.store.LogWriter;
import dev.kontor.store.Vault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;

/** The refusals of a move, each with a reason in a sentence. */
class MovingRefusedTest extends MoveSetup {

    @Test
    void a_lost_server_is_reported_in_a_sentence() {
        server.transactionsLeft = 2;

        assertRefused(move(), "cannot be reached: going down");
    }

    @Test
    void the_message_about_an_event_too_large_for_the_server_names_the_setting() {
        data = LogSetup.half(folder.resolve("large"), 3);
        try (LogWriter writer = LogWriter.open(data.log())) {
            byte[] large = ('"' + "x".repeat(5 << 20) + '"').getBytes(StandardCharsets.UTF_8);
            writer.append(List.of(LogSetup.event(3, large)));
            writer.finish(List.of());
            Vault.open(data.keys()).close();
        }
        file = folder.resolve("large.jsonl.gz");
        assertGood(ToolOutput.by(new ExportTool(), file, "--data", data.root()));

        assertRefused(move(), "axoniq.axonserver.max-message-size");
    }

    @Test
    void an_unreachable_server_is_reported_in_a_sentence() {
        server.close();

        assertRefused(move(), "cannot be reached");
    }

    @Test
    void a_context_with_other_events_is_refused_and_not_written_to() {
        server.events.add(ServerEvents.write(LogSetup.event(0, new byte[] {'x'}), "another"));
        assertRefused(move(), "has another log");
        server.events.set(0, ServerEvents.write(LogSetup.event(0, new byte[] {'x'}), LogSetup.LOG_ID));
        assertRefused(move(), "is not the beginning of the one in the file");

        assertThat(server.events).hasSize(1);
    }

    @Test
    void a_context_with_more_events_is_refused() {
        LongStream.rangeClosed(0, EVENTS)
                .forEach(at -> server.events.add(ServerEvents.write(LogSetup.event(at), LogSetup.LOG_ID)));

        assertRefused(move(), "more than the 25,000 in the file");
    }

    @Test
    void events_that_are_read_back_differently_are_found_before_any_command_side_may_start() {
        server.reading = event -> event.getToken() == 4_711
                ? event.toBuilder()
                        .setEvent(event.getEvent().toBuilder().setTimestamp(1))
                        .build()
                : event;

        assertRefused(move(), "returns other events than it was given");
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
    void a_key_of_another_kontor_is_never_overwritten() {
        new MongoKeyRing(mongo.database()).putIfAbsent("customer/anna", new byte[] {9});

        assertRefused(move(), "it belongs to another Kontor");
        assertThat(new MongoKeyRing(mongo.database()).find("customer/anna"))
                .hasValueSatisfying(key -> assertThat(key).containsExactly(9));
    }

    @Test
    void a_move_without_keys_is_refused() throws Exception {
        data = LogSetup.data(folder.resolve("elsewhere"));
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
    void inconsistent_parts_are_not_exported() {
        assertGood(move());
        server.events.removeLast();

        assertRefused(bring(folder.resolve("brought.jsonl.gz")), "do not belong together");
    }

    @Test
    void an_export_of_a_log_that_grows_is_refused() {
        assertGood(move());
        server.reading = event -> {
            if (event.getToken() == 20_000) {
                server.events.add(ServerEvents.write(LogSetup.event(EVENTS), LogSetup.LOG_ID));
            }
            return event;
        };

        assertRefused(bring(folder.resolve("brought.jsonl.gz")), "Another process writes to");
    }

    @Test
    void options_that_exclude_each_other_are_refused() {
        for (List<String> options : List.of(
                List.of("--to", "elsewhere"),
                List.of("--server", "h:1"),
                List.of("--to", "axon-server"),
                List.of("--to", "axon-server", "--server", "h:p", "--mongodb", "mongodb://h"))) {
            List<Object> arguments = new ArrayList<>(List.of(file));
            arguments.addAll(options);
            assertThat(ToolOutput.by(new ImportTool(environment), arguments.toArray())
                            .exitCode())
                    .as("%s", options)
                    .isEqualTo(2);
        }
    }
}
