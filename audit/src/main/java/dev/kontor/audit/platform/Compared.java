package dev.kontor.audit.platform;

import dev.kontor.audit.AuditProjection;
import dev.kontor.audit.Event;
import dev.kontor.audit.Hash;
import dev.kontor.audit.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** A document of the view, compared with the one that the log leads to. */
final class Compared implements AuditProjection.Fields {

    private static final int LONGEST_VALUE = 120;

    private final AuditProjection shape;
    /** Null if the view has none. */
    private Map<String, Object> shown;

    private final Map<String, Object> folded = new LinkedHashMap<>();
    /** The position at which each field was last set, by its name. */
    private final Map<String, Long> setAt = new LinkedHashMap<>();

    private long shownVersion = Documents.NONE;
    /** The log's last version of the document, and its version at the view's token. */
    private long lastVersion = Documents.NONE;

    private long dueVersion = Documents.NONE;
    private long dueAt = -1;
    private long reading;

    /** @param position of the event that it concerns, -1 for none */
    record Verdict(long position, String detail) {}

    Compared(Collection collection) {
        this.shape = collection.newShape();
    }

    void shows(Map<String, Object> document) {
        shown = document;
        shownVersion = ViewJudge.versionOf(document);
    }

    void on(Event event, boolean isDue) {
        lastVersion = event.sequence();
        if (isDue) {
            dueVersion = event.sequence();
            dueAt = event.position();
        }
        // A missing document is reported as missing, one without a version is compared with the whole log.
        if (shownVersion == Documents.NONE || event.sequence() <= shownVersion) {
            reading = event.position();
            shape.apply(event, this);
        }
    }

    @Override
    public void set(String name, Object value) {
        Object plain = value instanceof Map<?, ?> map ? copy(map) : Payload.plain(value);
        if (!Objects.equals(folded.put(name, plain), plain)) {
            setAt.put(name, reading);
        }
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), Payload.plain(value)));
        return copy;
    }

    @Override
    public void unset(String name) {
        if (folded.remove(name) != null) {
            setAt.put(name, reading);
        }
    }

    Verdict verdict() {
        if (shown == null) {
            return new Verdict(
                    dueAt,
                    "is missing: the event at position %d is version %d of it, and the view has read that far"
                            .formatted(dueAt, dueVersion));
        }
        if (lastVersion == Documents.NONE) {
            return new Verdict(-1, "is not in the log at all");
        }
        List<String> wrong = new ArrayList<>();
        long position = -1;
        if (shownVersion == Documents.NONE) {
            wrong.add("has no version that could be read");
        } else if (shownVersion > lastVersion) {
            wrong.add("shows version %d, but the log ends with version %d of it".formatted(shownVersion, lastVersion));
        } else if (shownVersion < dueVersion) {
            wrong.add(
                    "shows version %d, but must show version %d (event at position %d), for the view has read that far"
                            .formatted(shownVersion, dueVersion, dueAt));
            position = dueAt;
        }
        TreeSet<String> names = new TreeSet<>(shown.keySet());
        names.addAll(folded.keySet());
        names.remove("_id");
        names.remove(Unfinished.VERSION);
        for (String name : names) {
            if (contribution(shown, name) != contribution(folded, name)) {
                long at = setAt.getOrDefault(name, -1L);
                wrong.add("%s is %s, must be %s%s"
                        .formatted(
                                name,
                                text(shown, name),
                                text(folded, name),
                                at < 0 ? "" : " (event at position %d)".formatted(at)));
                position = position < 0 ? at : position;
            }
        }
        return new Verdict(position, wrong.isEmpty() ? "is not what the log makes of it" : String.join("; ", wrong));
    }

    private static long contribution(Map<String, Object> document, String name) {
        return document.containsKey(name) ? Hash.field(name, document.get(name)) : 0;
    }

    /** Values of another type than the log leads to look like it, and are marked. */
    private static Object marked(Object value) {
        return switch (value) {
            case null -> null;
            case Long number -> number;
            case Number number -> "%s (%s)".formatted(number, number.getClass().getSimpleName());
            case Map<?, ?> map -> {
                Map<Object, Object> marked = new TreeMap<>();
                map.forEach((name, member) -> marked.put(name, marked(member)));
                yield marked;
            }
            case List<?> list -> list.stream().map(Compared::marked).toList();
            default -> value;
        };
    }

    private static String text(Map<String, Object> document, String name) {
        if (!document.containsKey(name)) {
            return "absent";
        }
        String text = String.valueOf(marked(document.get(name)));
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }
}
