package dev.kontor.audit;

import java.util.function.Consumer;

/** The names of the keys that are kept apart from the log, without their values. Read after the end of the log. */
public interface KeySource {

    /** The names of all keys, including destroyed ones, in any order. */
    void forEachName(Consumer<String> reader);
}
