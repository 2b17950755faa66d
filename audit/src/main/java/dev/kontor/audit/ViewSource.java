package dev.kontor.audit;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The views, copied no later than the log that is audited with them. They are read more than once. Every method throws
 * {@link UnreadableViewsException} where they cannot be read.
 */
public interface ViewSource {

    Set<String> collections();

    /**
     * Every document of a collection, in any order, as plain values: String, Long, Integer, Boolean, Double, byte[], List, Map
     * and null.
     */
    void forEach(String collection, Consumer<Map<String, Object>> reader);

    /**
     * The position up to which a view says that it has read the log; documents may be ahead of it. -1 where it says that it
     * has read nothing; empty where it says nothing.
     */
    OptionalLong position(String view);
}
