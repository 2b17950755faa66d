package dev.kontor.grpc.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Context;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "req-1", "A.b_c:d-9"})
    void a_harmless_id_is_kept(String id) {
        assertThat(RequestId.acceptOrMint(id)).isEqualTo(id);
        String longest = "x".repeat(100);
        assertThat(RequestId.acceptOrMint(longest)).isEqualTo(longest);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "a b", "a\nb", "{}", "\u00E4", "<script>"})
    void any_other_is_replaced(String id) {
        assertThat(UUID.fromString(RequestId.acceptOrMint(id)).version()).isEqualTo(4);
    }

    @Test
    void an_overlong_id_is_replaced() {
        assertThat(RequestId.acceptOrMint("x".repeat(101))).hasSize(36);
    }

    @Test
    void the_id_is_the_one_of_the_call() throws Exception {
        assertThat(RequestId.in(Context.ROOT, "req-1").call(RequestId::current)).isEqualTo("req-1");
    }

    @Test
    void outside_of_calls_every_id_is_new() {
        assertThat(RequestId.current()).isNotEqualTo(RequestId.current());
    }
}
