package dev.kontor.audit;

import java.util.function.Consumer;

/** What the keys are called that are kept apart from the log; of none what it is. Read after the log's end was looked at. */
public interface KeySource {

    /** The name of every key that there is, and of every one that was destroyed, in any order. */
    void forEachName(Consumer<String> reader);
}
