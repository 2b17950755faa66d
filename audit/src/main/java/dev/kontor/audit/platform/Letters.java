package dev.kontor.audit.platform;

import dev.kontor.audit.Event;
import dev.kontor.audit.LetterSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The dead letters at the time of the audit. A document is behind from the first letter of its aggregate on. */
final class Letters {

    private final Map<String, Map<String, Long>> first = new TreeMap<>();
    private final Map<String, Long> counts = new HashMap<>();

    void read(LetterSource source) {
        source.forEach((queue, sequence, position) -> {
            first.computeIfAbsent(queue, name -> new HashMap<>()).merge(sequence, position, Math::min);
            counts.merge(queue, 1L, Long::sum);
        });
    }

    /** Whether the view shows nothing of this event because it waits in the queue. */
    boolean isWaiting(String view, Event event) {
        Map<String, Long> ofView = first.get(view);
        if (ofView == null) {
            return false;
        }
        Long from = ofView.get(event.aggregateId());
        return from != null && event.position() >= from;
    }

    /** By the names of the queues. */
    List<AuditReport.Letters> reports() {
        return first.entrySet().stream()
                .map(queue -> new AuditReport.Letters(
                        queue.getKey(),
                        counts.get(queue.getKey()),
                        queue.getValue().size()))
                .toList();
    }
}
