package dev.kontor.store.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IndexKeyTest {

    private static final String[] PIECES = {"", "a", "b", "\0", "\u0001", "ä", "\uFFFF", "z"};

    private static int compare(List<?> one, List<?> other) {
        return Arrays.compareUnsigned(IndexKey.of(one), IndexKey.of(other));
    }

    @Test
    void numbers_are_in_their_order() {
        List<Long> numbers = List.of(Long.MIN_VALUE, -2L, -1L, 0L, 1L, 255L, 256L, Long.MAX_VALUE);

        for (int i = 1; i < numbers.size(); i++) {
            assertThat(compare(List.of(numbers.get(i - 1)), List.of(numbers.get(i))))
                    .isNegative();
        }
        assertThat(compare(List.of(false), List.of(true))).isNegative();
    }

    /** Values with a common prefix, values that contain the end marker, and empty ones: each keeps its order. */
    @Test
    void several_values_are_in_the_order_of_the_first_that_differs() {
        Random random = new Random(5);
        List<List<?>> keys = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            keys.add(List.of(text(random), (long) random.nextInt(3) - 1, text(random), random.nextBoolean()));
        }
        Comparator<List<?>> order = Comparator.<List<?>, String>comparing(key -> (String) key.get(0))
                .thenComparing(key -> (Long) key.get(1))
                .thenComparing(key -> (String) key.get(2))
                .thenComparing(key -> (Boolean) key.get(3));

        for (List<?> one : keys) {
            for (List<?> other : keys) {
                assertThat(Integer.signum(compare(one, other)))
                        .as("%s and %s", one, other)
                        .isEqualTo(Integer.signum(order.compare(one, other)));
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(4); left > 0; left--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    @Test
    void a_range_holds_what_begins_with_its_prefix() {
        KeyRange range = KeyRange.beginningWith(new byte[] {1, (byte) 0xFF});
        assertThat(range.from()).containsExactly(1, 0xFF);
        assertThat(range.to()).containsExactly(2);

        KeyRange last = KeyRange.beginningWith(new byte[] {(byte) 0xFF});
        assertThat(last.to()).as("the end of the index").isNull();
        assertThat(KeyRange.beginningWith(new byte[0])).isEqualTo(new KeyRange(null, null));
    }

    @Test
    void a_range_becomes_narrower_and_never_wider() {
        KeyRange range = KeyRange.beginningWith(new byte[] {5});

        assertThat(range.from(new byte[] {4}).from()).containsExactly(5);
        assertThat(range.from(new byte[] {5, 3}).from()).containsExactly(5, 3);
        assertThat(range.to(new byte[] {7}).to()).containsExactly(6);
        assertThat(range.to(new byte[] {5, 3}).to()).containsExactly(5, 4);
        assertThat(range.behindKey(new byte[] {5, 1}).from()).containsExactly(5, 1, 0);
        assertThat(range.before(new byte[] {5, 1}).to()).containsExactly(5, 1);
        assertThat(range.before(new byte[] {5, 1}).from(new byte[] {5, 2}).isEmpty())
                .isTrue();
    }

    @Test
    void what_has_no_order_is_refused() {
        assertThatThrownBy(() -> IndexKey.of(List.of(1.5))).isInstanceOf(IllegalArgumentException.class);
    }
}
