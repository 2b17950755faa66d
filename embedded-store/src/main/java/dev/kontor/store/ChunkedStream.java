package dev.kontor.store;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A stream that reads one chunk at a time, on demand, and holds no resources between chunks. */
final class ChunkedStream<T> implements Iterator<T> {

    interface Source<T> {
        /** Returns up to {@code most} items from a number on; fewer only if there are no more. */
        List<? extends T> read(long from, int most);
    }

    private final Source<T> source;
    private final int size;
    private final boolean grows;
    private final ToLongFunction<T> numberOf;
    private long next;
    private boolean isLast;
    private Iterator<? extends T> chunk = List.<T>of().iterator();

    private ChunkedStream(long first, int size, boolean grows, Source<T> source, ToLongFunction<T> numberOf) {
        this.grows = grows;
        this.numberOf = numberOf;
        this.next = first;
        this.size = size;
        this.source = source;
    }

    /** @param grows whether the stream ends only after an empty read, because items may have been added meanwhile */
    static <T> Stream<T> stream(long first, int size, boolean grows, Source<T> source, ToLongFunction<T> numberOf) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new ChunkedStream<>(first, size, grows, source, numberOf),
                        Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    @Override
    public boolean hasNext() {
        if (!chunk.hasNext() && !isLast) {
            List<? extends T> read = source.read(next, size);
            isLast = !grows && read.size() < size;
            next = read.isEmpty() ? next : numberOf.applyAsLong(read.getLast()) + 1;
            chunk = read.iterator();
        }
        return chunk.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return chunk.next();
    }
}
