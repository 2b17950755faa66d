package dev.kontor.audit;

import java.util.Arrays;
import java.util.function.IntFunction;

/** Maps the numbers of {@link NumberedIds} to objects. */
public final class Numbered<T> {

    private T[] things;

    /** @param array makes an array of a size */
    public Numbered(IntFunction<T[]> array) {
        things = array.apply(1024);
    }

    /** Null if there is none. */
    public T get(int number) {
        return number < 0 || number >= things.length ? null : things[number];
    }

    public void put(int number, T thing) {
        if (number >= things.length) {
            things = Arrays.copyOf(things, Math.max(number + 1, things.length + (things.length >> 1)));
        }
        things[number] = thing;
    }
}
