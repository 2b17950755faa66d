package dev.kontor.standalone.tools.transfer;

import dev.kontor.side.customer.MongoKeyRing;
import dev.kontor.standalone.customer.VaultKeyRing;
import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.tools.axonserver.SidesDatabase;
import dev.kontor.standalone.tools.console.ProgressOutput;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.store.LoggedRow;
import dev.kontor.store.Vault;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;

/** The state and keys of separate sides in MongoDB, and their counterparts in a data folder. */
final class SideStores {

    private final SidesDatabase mongo;
    private final DataFolder data;
    private final ToolConsole console;
    private final MongoCommandState state;

    SideStores(SidesDatabase mongo, DataFolder data, ToolConsole console) {
        this.mongo = mongo;
        this.data = data;
        this.console = console;
        this.state = new MongoCommandState(mongo, Clock.systemUTC());
    }

    /** @throws ToolException where there are none: after a move without keys no account could ever be read again */
    void refuseWithoutKeys() {
        if (!Files.exists(data.keys().resolve("CURRENT"))) {
            throw new ToolException(
                    "There are no keys in %s. --data names the folder that has keys/: the one of the log, or one"
                                    .formatted(data.keys())
                            + " that a backup's keys/ was copied to");
        }
        Vault.open(data.keys()).close();
    }

    /** Whether a command side already has a token there. */
    boolean isThere() {
        return state.isThere();
    }

    /** @throws ToolException where the database has views, which would be of another log than the one to be written */
    void refuseViews() {
        if (mongo.database().getCollection(SidesDatabase.VIEW_TOKENS).find().first() != null) {
            throw new ToolException(
                    "%s has views of another log. A move needs a database with nothing in it".formatted(mongo.name()));
        }
    }

    /** Keys first and the token last: where there is a token, everything is complete. */
    void write(List<LoggedRow> rows) {
        keysToMongo();
        CommandState moved = CommandStateCodec.read(rows);
        state.write(moved);
        console.out().printf("%s has what the command side needs: %s%n", mongo.name(), moved.counts());
    }

    private void keysToMongo() {
        KeyMove move = new KeyMove(new MongoKeyRing(mongo.database()), mongo.name(), progress());
        try (Vault vault = Vault.open(data.keys())) {
            vault.forEach(move);
        }
        tell(move, mongo.name());
    }

    void keysToFolder() {
        try (Vault vault = Vault.open(data.keys())) {
            KeyMove move = new KeyMove(new VaultKeyRing(vault), data.keys().toString(), progress());
            new MongoKeyRing(mongo.database()).forEach(move);
            if (move.keys() == 0) {
                throw new ToolException("There are no keys in %s".formatted(mongo.name()));
            }
            tell(move, data.keys().toString());
        }
    }

    private ProgressOutput progress() {
        return console.progress("copying", "keys", 0);
    }

    private void tell(KeyMove move, String to) {
        console.out().printf("%,d keys are in %s, wrapped as they were%n", move.keys(), to);
    }
}
