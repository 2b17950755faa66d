package dev.kontor.standalone.tools.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.cart.CartLine;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.order.PlaceOrderSaga;
import dev.kontor.command.order.UndecidedOrders.UndecidedOrder;
import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.tools.ToolOutput;
import dev.kontor.standalone.tools.axonserver.FakeAxonServer;
import dev.kontor.standalone.tools.transfer.CommandState.OpenSaga;
import dev.kontor.store.LogReader;
import dev.kontor.store.LogWriter;
import dev.kontor.store.LoggedRow;
import dev.kontor.store.Vault;
import dev.kontor.testsupport.MemoryMongo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder, a fake Axon Server, and a MongoDB in memory: for tests of a move. */
abstract class MoveSetup {

    static final int EVENTS = 25_000;
    private static final OrderId ORDER = OrderId.mint();

    static final CommandState STATE = new CommandState(
            new GlobalSequenceTrackingToken(EVENTS - 1),
            List.of(new OpenSaga("saga-1", saga(), Set.of(new AssociationValue("orderId", ORDER.value())))),
            List.of(new UndecidedOrder(
                    ORDER,
                    List.of(new CartLine(ProductId.mint(), new Quantity(2))),
                    Instant.ofEpochMilli(1_000),
                    Instant.ofEpochMilli(61_000),
                    true)));

    @TempDir
    Path folder;

    final FakeAxonServer server = new FakeAxonServer();
    final MemoryMongo mongo = new MemoryMongo();
    final Map<String, String> environment = new TreeMap<>();
    DataFolder data;
    Path file;

    private static PlaceOrderSaga saga() {
        String json = "{\"orderId\":\"%s\",\"lines\":2,\"reserved\":[],\"reservations\":[],\"refused\":[]}"
                .formatted(ORDER.value());
        return CommandStateCodec.SERIALIZER.deserialize(new SimpleSerializedObject<>(
                json.getBytes(StandardCharsets.UTF_8),
                byte[].class,
                CommandStateCodec.SERIALIZER.typeForClass(PlaceOrderSaga.class)));
    }

    @BeforeEach
    void setup() {
        data = LogSetup.half(folder.resolve("data"), EVENTS);
        try (LogWriter writer = LogWriter.open(data.log());
                Vault keys = Vault.open(data.keys())) {
            writer.finish(CommandStateCodec.write(STATE));
            keys.putIfAbsent("customer/anna", new byte[] {1, 2, 3});
            keys.destroy("customer/bert");
        }
        file = folder.resolve("log.jsonl.gz");
        assertThat(ToolOutput.by(new ExportTool(), file, "--data", data.root()).exitCode())
                .isZero();
    }

    @AfterEach
    void close() {
        server.close();
        mongo.close();
    }

    ToolOutput move() {
        return ToolOutput.by(
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

    ToolOutput bring(Path to) {
        return ToolOutput.by(
                new ExportTool(1_000, environment),
                to,
                "--from",
                "axon-server",
                "--server",
                server.address(),
                "--mongodb",
                mongo.uri());
    }

    static void assertGood(ToolOutput told) {
        assertThat(told.exitCode()).as(told.out() + told.err()).isZero();
    }

    static void assertRefused(ToolOutput told, String why) {
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.lastLine()).contains(why);
        assertThat(told.err()).as("no stack, but a sentence").doesNotContain("\tat ");
    }

    static CommandState stateIn(DataFolder folder) {
        List<LoggedRow> rows = new ArrayList<>();
        try (LogReader log = LogReader.open(folder.log())) {
            log.readBeside(rows::add);
        }
        return CommandStateCodec.read(rows);
    }

    private static String json(CommandState state) {
        return state.sagas().stream()
                .map(saga -> saga.id()
                        + saga.associations()
                        + CommandStateCodec.SERIALIZER
                                .serialize(saga.saga(), String.class)
                                .getData())
                .toList()
                .toString();
    }

    static void assertSame(CommandState state) {
        assertThat(state.ordersAt()).isEqualTo(STATE.ordersAt());
        assertThat(json(state)).isEqualTo(json(STATE)).contains(ORDER.value());
        assertThat(state.undecidedOrders()).isEqualTo(STATE.undecidedOrders());
    }

    String chain() {
        try (LogReader log = LogReader.open(data.log())) {
            return HexFormat.of().toHexDigits(log.chainAt(log.head()));
        }
    }
}
