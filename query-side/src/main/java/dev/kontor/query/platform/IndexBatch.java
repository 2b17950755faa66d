package dev.kontor.query.platform;

import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;

/** What the events of one unit of work make of a {@link LuceneIndex}. For one thread. */
public interface IndexBatch {

    /**
     * Writes the changes.
     *
     * @param before the index as the batch before left it
     * @return whether it has written anything; if not, the index is not touched
     */
    boolean write(IndexWriter writer, DirectoryReader before) throws IOException;

    /** The changes can be found now. */
    void written();
}
