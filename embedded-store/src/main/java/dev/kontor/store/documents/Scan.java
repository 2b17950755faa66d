package dev.kontor.store.documents;

import dev.kontor.store.documents.RowKeys.Range;
import dev.kontor.store.documents.Rows.Row;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The rows of a range, page by page. Each page is as the rows were at one moment; between two pages nothing is held, so a
 * scan may be as slow as its reader, be left half way, and run beside writes.
 */
final class Scan implements Iterator<Row> {

    private static final int FIRST_PAGE = 32;
    private static final int LARGEST_PAGE = 1_024;

    private final Rows rows;
    private final boolean descending;
    private byte[] from;
    private byte[] to;
    private int atMost = FIRST_PAGE;
    private Iterator<Row> page = List.<Row>of().iterator();
    private boolean ended;

    Scan(Rows rows, Range range, boolean descending) {
        this.rows = rows;
        this.from = range.from();
        this.to = range.to();
        this.descending = descending;
    }

    @Override
    public boolean hasNext() {
        if (!page.hasNext() && !ended) {
            turn();
        }
        return page.hasNext();
    }

    private void turn() {
        List<Row> next = rows.page(from, to, descending, atMost);
        ended = next.isEmpty();
        if (!ended && descending) {
            to = next.getLast().key();
        } else if (!ended) {
            from = RowKeys.following(next.getLast().key());
        }
        atMost = Math.min(2 * atMost, LARGEST_PAGE);
        page = next.iterator();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }
}
