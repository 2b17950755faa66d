package dev.kontor.audit;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The views, copied no later than the log that is audited with them. The audit reads them more than once. Every method
 * throws {@link UnreadableViewsException} if they cannot be read.
 */
public interface ViewSource {

    Set<String> collections();

    /**
     * Reads every document of a collection, in any order, as plain values: String, Long, Integer, Boolean, Double,
     * byte[], List, Map and null.
     */
    void forEach(String collection, Consumer<Map<String, Object>> reader);

    /** The position of a view's token; documents may be ahead of it. -1 for the beginning; empty without a token. */
    OptionalLong position(String view);
}
