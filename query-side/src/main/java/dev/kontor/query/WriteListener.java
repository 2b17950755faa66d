package dev.kontor.query;

import java.util.Collection;

/** Is told of documents that may have been written, before reads that wait for them are woken. */
public interface WriteListener {

    void written(String collection, Collection<String> ids);
}
