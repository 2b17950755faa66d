package dev.kontor.standalone;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A test that starts Kontor itself, as often as it likes, in folders below its own. */
public abstract class WithKontor {

    @TempDir
    protected Path folder;

    protected KontorProcess kontor;
    protected Shop shop;

    protected final void start(Path data) {
        start(data, Map.of());
    }

    protected final void start(Path data, Map<String, String> environment) {
        kontor = KontorProcess.begin(data, environment).untilReady();
        shop = new Shop(kontor);
    }

    @AfterEach
    protected final void closeKontor() {
        if (kontor != null) {
            kontor.close();
        }
    }

    protected final Path data() {
        return folder.resolve("data");
    }

    protected final Path backups() {
        return folder.resolve("backups");
    }
}
