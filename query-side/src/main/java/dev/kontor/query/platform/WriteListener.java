package dev.kontor.query.platform;

import java.util.Collection;

/** Is notified of documents that may have been written, before reads that wait for them are woken. */
public interface WriteListener {

    void written(DocumentType<?> type, Collection<String> ids);
}
