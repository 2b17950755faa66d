package dev.kontor.side.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.customer.KeyDestroyedException;
import dev.kontor.testsupport.MemoryMongo;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MongoKeyRingTest {

    private static final byte[] KEY = {1, 2, 3};
    private static final byte[] OTHER = {4, 5, 6};

    @AutoClose
    private final MemoryMongo mongo = new MemoryMongo();

    private final MongoKeyRing ring = new MongoKeyRing(mongo.database());

    @Test
    void the_first_key_of_an_id_stays() {
        assertThat(ring.find("customer/1")).isEmpty();
        assertThat(ring.putIfAbsent("customer/1", KEY)).isEqualTo(KEY);
        assertThat(ring.putIfAbsent("customer/1", OTHER)).isEqualTo(KEY);
        assertThat(ring.find("customer/1")).contains(KEY);
    }

    @Test
    void a_destroyed_key_is_never_replaced() {
        ring.putIfAbsent("customer/1", KEY);

        ring.destroy("customer/1");
        ring.destroy("customer/1");

        assertThat(ring.find("customer/1")).isEmpty();
        assertThatThrownBy(() -> ring.putIfAbsent("customer/1", OTHER)).isInstanceOf(KeyDestroyedException.class);
    }

    @Test
    void an_unknown_key_can_be_destroyed_too() {
        ring.destroy("customer/2");

        assertThatThrownBy(() -> ring.putIfAbsent("customer/2", OTHER)).isInstanceOf(KeyDestroyedException.class);
    }

    @Test
    void a_forgotten_key_can_be_replaced_and_a_destroyed_one_cannot_be_forgotten() {
        ring.putIfAbsent("customer/1", KEY);
        ring.forget("customer/1");
        assertThat(ring.putIfAbsent("customer/1", OTHER)).isEqualTo(OTHER);

        ring.destroy("customer/1");
        ring.forget("customer/1");
        assertThatThrownBy(() -> ring.putIfAbsent("customer/1", KEY)).isInstanceOf(KeyDestroyedException.class);
    }

    @Test
    void every_name_is_listed_with_its_key_or_as_destroyed() {
        ring.putIfAbsent("a", KEY);
        ring.putIfAbsent("b", OTHER);
        ring.destroy("b");
        Map<String, Optional<byte[]>> told = new TreeMap<>();

        ring.forEach(told::put);

        assertThat(told).containsOnlyKeys("a", "b");
        assertThat(told.get("a")).contains(KEY);
        assertThat(told.get("b")).isEmpty();
    }
}
