package dev.kontor.standalone.tools;

import dev.kontor.api.customer.WrappingKey;
import dev.kontor.command.identity.MasterKeys;
import dev.kontor.grpc.platform.StartException;
import dev.kontor.side.customer.MongoKeyRing;
import dev.kontor.side.identity.MasterKey;
import dev.kontor.standalone.identity.MasterKeyFiles;
import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.standalone.platform.Folders;
import dev.kontor.standalone.tools.axonserver.AxonServerOptions;
import dev.kontor.standalone.tools.axonserver.SidesDatabase;
import dev.kontor.standalone.tools.console.Arguments;
import dev.kontor.standalone.tools.console.Tool;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.standalone.tools.console.ToolEnvironment;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.standalone.tools.console.ToolOutcome;
import dev.kontor.standalone.tools.console.UsageException;
import dev.kontor.store.StoreInUseException;
import dev.kontor.store.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;

/** Replaces the master keys by new ones. */
final class RotateMasterKeysTool implements Tool {

    private static final String CUSTOMERS = "KONTOR_MASTER_KEY";
    private static final String SIGNING = "KONTOR_SIGNING_MASTER_KEY";

    private final Map<String, String> environment;

    RotateMasterKeysTool() {
        this(ToolEnvironment.ofThisProcess());
    }

    RotateMasterKeysTool(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String name() {
        return "rotate-master-keys";
    }

    @Override
    public String help() {
        return """
                ./kontor rotate-master-keys [--data DIR]
                ./kontor rotate-master-keys --of mongodb [--mongodb URI] [--database NAME]

                Wraps every key of the key ring by new master keys. Kontor must be stopped; over MongoDB the
                processes may run. The command replaces master.key and signing.key where they are files.
                Where a master key is in the environment, set it to the new one, and
                KONTOR_SECOND_MASTER_KEY or KONTOR_SECOND_SIGNING_MASTER_KEY to the previous one. The same
                command completes an interrupted rotation; until then Kontor decrypts with both keys.

                  --data DIR       the data folder   (./data)
                  --mongodb URI    the database with the key ring of the processes (SPRING_MONGODB_URI)
                  --database NAME  the database in MongoDB (KONTOR_VIEWS_DATABASE, else kontor)

                docs/master-keys.md says when to rotate, and what a rotation does not do.
                """;
    }

    @Override
    public Set<String> options() {
        return Set.of("of", "mongodb", "database");
    }

    @Override
    public ToolOutcome run(Arguments arguments, ToolConsole console) throws IOException {
        String of = arguments.option("of").orElse("");
        return switch (of) {
            case "" -> ofFolder(arguments.data(), console);
            case "mongodb" -> ofMongodb(arguments, console);
            default -> throw new UsageException("--of knows mongodb, not '%s'".formatted(of));
        };
    }

    private ToolOutcome ofFolder(DataFolder data, ToolConsole console) throws IOException {
        if (!Files.exists(data.keys().resolve("CURRENT"))) {
            throw new ToolException("There are no keys in %s".formatted(data.keys()));
        }
        try (Vault vault = Vault.open(data.keys())) {
            MasterKeyFiles files = new MasterKeyFiles(data.root(), environment);
            KeyRewrap rewrapping = new KeyRewrap(keys(files), vault::replace, console.progress("wrapping", "keys", 0));
            vault.forEach(rewrapping);
            vault.rewrite();
            files.finishRotation();
            Folders.sync(data.root());
            return outcome(rewrapping);
        } catch (StoreInUseException e) {
            throw new ToolException("Kontor runs on %s. Stop it first".formatted(data.root()), e);
        }
    }

    private static MasterKeys keys(MasterKeyFiles files) throws IOException {
        try {
            return files.beginRotation();
        } catch (StartException unusable) {
            throw new ToolException(unusable.getMessage(), unusable);
        }
    }

    private ToolOutcome ofMongodb(Arguments arguments, ToolConsole console) {
        MasterKeys keys;
        try {
            MasterKey.refuseOneForBoth(
                    MasterKey.decode(given(CUSTOMERS).strip(), CUSTOMERS),
                    MasterKey.decode(given(SIGNING).strip(), SIGNING));
            keys = new MasterKeys(wrapping(CUSTOMERS), wrapping(SIGNING));
        } catch (StartException unusable) {
            throw new ToolException(unusable.getMessage(), unusable);
        }
        try (SidesDatabase mongo = AxonServerOptions.mongodb(arguments, environment)) {
            MongoKeyRing ring = new MongoKeyRing(mongo.database());
            KeyRewrap rewrapping = new KeyRewrap(keys, ring::replace, console.progress("wrapping", "keys", 0));
            ring.forEach(rewrapping);
            return outcome(rewrapping);
        }
    }

    private WrappingKey wrapping(String variable) {
        String before = given(MasterKey.secondOf(variable));
        if (!before.isBlank()) {
            MasterKey.refuseUnchanged(
                    MasterKey.decode(given(variable).strip(), variable),
                    MasterKey.decode(before.strip(), MasterKey.secondOf(variable)),
                    variable);
        }
        return MasterKey.wrapping(given(variable), before, variable);
    }

    private String given(String variable) {
        return environment.getOrDefault(variable, "");
    }

    private static ToolOutcome outcome(KeyRewrap rewrapping) {
        return ToolOutcome.good("%,d keys are wrapped by the new master keys, %,d of them by this run"
                .formatted(rewrapping.keys(), rewrapping.wrapped()));
    }
}
