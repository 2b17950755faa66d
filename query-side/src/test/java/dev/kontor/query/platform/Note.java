package dev.kontor.query.platform;

import java.util.List;
import java.util.Map;
import org.bson.codecs.pojo.annotations.BsonId;

/** A document with a value of each kind. */
public record Note(
        @BsonId String id,
        String owner,
        List<String> readers,
        long at,
        boolean open,
        Kind kind,
        Map<String, Long> items,
        List<Part> parts,
        String remark,
        long version)
        implements ViewDocument {

    public enum Kind {
        SHORT,
        LONG
    }

    /** @param count null if it is not known */
    public record Part(String name, Long count) {}

    public static final Index BY_TIME = Index.of("by_time", "open", "at");
    public static final Index BY_OWNER = Index.of("by_owner", "owner");
    public static final Index BY_READER = Index.of("by_reader", "readers", "at");
    public static final Index BY_KIND = Index.of("by_kind", "kind", "open", "at");

    public static final DocumentType<Note> NOTES =
            DocumentType.of("notes", Note.class, BY_TIME, BY_OWNER, BY_READER, BY_KIND);
    public static final DocumentType<Note> MORE_NOTES = DocumentType.of("more_notes", Note.class, BY_TIME);
    public static final DocumentType<Note> OTHERS = DocumentType.of("others", Note.class, BY_TIME);
    public static final View VIEW = View.of("notes", 1, NOTES, MORE_NOTES);
    public static final View OTHER = View.of("others", 1, OTHERS);

    public static Note first(String id) {
        return new Note(id, "ann", List.of("ann"), 0, true, Kind.SHORT, Map.of(), List.of(), null, 0);
    }

    public Note owner(String other) {
        return new Note(id, other, readers, at, open, kind, items, parts, remark, version);
    }

    public Note readers(String... others) {
        return new Note(id, owner, List.of(others), at, open, kind, items, parts, remark, version);
    }

    public Note at(long other) {
        return new Note(id, owner, readers, other, open, kind, items, parts, remark, version);
    }

    public Note open(boolean other) {
        return new Note(id, owner, readers, at, other, kind, items, parts, remark, version);
    }

    public Note kind(Kind other) {
        return new Note(id, owner, readers, at, open, other, items, parts, remark, version);
    }

    public Note remark(String other) {
        return new Note(id, owner, readers, at, open, kind, items, parts, other, version);
    }

    public Note version(long other) {
        return new Note(id, owner, readers, at, open, kind, items, parts, remark, other);
    }
}
