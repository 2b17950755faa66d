package dev.kontor.standalone.crash;

import dev.kontor.store.LogReader;
import dev.kontor.store.LoggedEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The event log of a folder without a writer, as its own reader sees it.
 *
 * @param damage what differs from what was written, with its position
 */
record Log(List<LoggedEvent> events, List<String> damage) {

    static Log of(Path data) {
        Log log = new Log(new ArrayList<>(), new ArrayList<>());
        try (LogReader reader = LogReader.open(data.resolve("log"))) {
            reader.read(0, new LogReader.Visitor() {
                @Override
                public void event(LoggedEvent event) {
                    log.events.add(event);
                }

                @Override
                public void damage(long position, String what) {
                    log.damage.add(position + " " + what);
                }
            });
        }
        return log;
    }

    List<String> ids() {
        return events.stream().map(LoggedEvent::eventId).toList();
    }

    /** The ids of the events of one type, in their order. */
    List<String> ids(String type) {
        return events.stream()
                .filter(event -> event.type().equals(type))
                .map(LoggedEvent::eventId)
                .toList();
    }
}
