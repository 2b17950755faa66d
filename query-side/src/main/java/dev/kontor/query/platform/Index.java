package dev.kontor.query.platform;

import java.util.List;

/**
 * The order in which documents can be scanned: by the values of some components of their record, and then by id.
 *
 * @param name unique within the type of document
 * @param fields names of components, those of a component's record after a dot. Their values are String, long, boolean,
 *     an enum or a record of one of these, and never absent. A list has one entry for each
 *     of its values; fields of records in a list cannot be indexed
 */
public record Index(String name, List<String> fields) {

    public Index {
        fields = List.copyOf(fields);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("Index %s has no field".formatted(name));
        }
    }

    public static Index of(String name, String... fields) {
        return new Index(name, List.of(fields));
    }
}
