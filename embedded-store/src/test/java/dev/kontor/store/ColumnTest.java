package dev.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ColumnTest extends WithStore {

    private Column rows() {
        return setup.store.column("rows");
    }

    private static byte[] value(int value) {
        return new byte[] {(byte) value};
    }

    @Test
    void rows_are_put_replaced_and_deleted_for_good() {
        rows().put("kept", value(1));
        rows().put("kept", value(2));
        rows().put("deleted", value(3));
        rows().delete("deleted");
        rows().delete("never there");
        for (int opening = 0; opening < 2; opening++) {
            assertThat(rows().get("kept")).contains(value(2));
            assertThat(rows().get("deleted")).isEmpty();
            assertThat(rows().entries()).containsOnlyKeys("kept");
            reopen();
        }
    }

    @Test
    void an_empty_value_is_a_value_and_null_is_none() {
        rows().put("empty", new byte[0]);
        assertThatThrownBy(() -> rows().put("null", null)).isInstanceOf(NullPointerException.class);
        reopen();
        assertThat(rows().get("empty")).contains(new byte[0]);
        assertThat(rows().entries()).containsOnlyKeys("empty");
    }

    @Test
    void the_same_name_is_the_same_column_and_another_is_another() {
        assertThat(rows()).isSameAs(rows());
        rows().put("key", value(1));
        setup.store.column("other").put("key", value(2));
        assertThat(rows().get("key")).contains(value(1));
        assertThat(setup.store.column("other").get("key")).contains(value(2));
    }

    @Test
    void a_column_may_be_named_as_one_of_the_stores_own() {
        setup.tokens.initializeTokenSegments("processor", 1);
        assertThat(setup.store.column("tokens").entries()).isEmpty();
        setup.store.column("tokens").put("events", value(1));
        reopen();
        assertThat(setup.store.column("tokens").entries()).containsOnlyKeys("events");
        assertThat(setup.tokens.fetchSegments("processor")).containsExactly(0);
    }

    @Test
    void what_entries_answers_does_not_change_the_column() {
        rows().put("key", value(1));
        rows().entries().clear();
        assertThat(rows().entries()).containsOnlyKeys("key");
    }

    @Test
    void inside_a_unit_of_work_the_last_write_of_a_row_counts() {
        StoreSetup.inUnitOfWork(() -> {
            rows().put("twice", value(1));
            rows().put("twice", value(2));
            rows().put("gone", value(1));
            rows().delete("gone");
            rows().delete("back");
            rows().put("back", value(3));
            assertThat(rows().entries()).containsOnlyKeys("twice", "back");
        });
        for (int opening = 0; opening < 2; opening++) {
            assertThat(rows().entries()).containsOnlyKeys("twice", "back");
            assertThat(rows().get("twice")).contains(value(2));
            assertThat(rows().get("back")).contains(value(3));
            reopen();
        }
    }
}
