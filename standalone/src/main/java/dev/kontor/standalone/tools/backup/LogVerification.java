package dev.kontor.standalone.tools.backup;

import dev.kontor.standalone.tools.console.ProgressOutput;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.store.LogReader;
import dev.kontor.store.LoggedEvent;
import java.nio.file.Path;
import java.util.HexFormat;

/** Reads a whole log and compares it with its manifest. */
final class LogVerification {

    private LogVerification() {}

    /** @throws ToolException where an event is damaged or missing, or the log is another one */
    static void verify(Path store, Manifest manifest, ToolConsole console) {
        ProgressOutput progress = console.progress("verifying", "events", manifest.events());
        try (LogReader log = LogReader.open(store)) {
            log.read(0, new LogReader.Visitor() {
                @Override
                public void event(LoggedEvent event) {
                    progress.at(event.position() + 1);
                }

                @Override
                public void damage(long position, String what) {
                    throw new ToolException(
                            "The event at position %d in %s is damaged: %s".formatted(position, store, what));
                }
            });
            if (!log.id().equals(manifest.log())
                    || log.head() + 1 != manifest.events()
                    || !chainOf(log).equals(manifest.chain())) {
                throw new ToolException("The log in %s is not the one that the manifest names".formatted(store));
            }
        }
    }

    static String chainOf(LogReader log) {
        long head = log.head();
        return HexFormat.of().toHexDigits(head < 0 ? 0 : log.chainAt(head));
    }
}
