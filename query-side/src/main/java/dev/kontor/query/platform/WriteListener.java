package dev.kontor.query.platform;

import java.util.Collection;

/** Is notified of documents that may have been written, before reads that wait for them are woken. */
public interface WriteListener {

    void written(DocumentType<?> type, Collection<String> ids);

    /** Reads see another generation of a view from now on: any of its documents may differ. */
    default void switched(View view) {}
}
