package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferHeaderTest {

    private static final Duration STANDARD = Duration.ofSeconds(5);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "respond-async",
                "Respond-Async",
                "wait=3, respond-async",
                "return=minimal,respond-async",
                "wait=0"
            })
    void respond_async_and_a_wait_of_zero_do_not_wait(String header) {
        assertThat(PreferHeader.of(header).async()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"wait=3|3", "return=minimal; wait = 7|7", "wait=30|30", "wait=31|30", "wait=999999999|30"})
    void a_wait_is_the_requested_one_up_to_thirty_seconds(String header, long seconds) {
        assertThat(PreferHeader.of(header).waitOr(STANDARD)).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(PreferHeader.of(header).async()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "wait", "wait=", "wait=-1", "wait=soon", "wait=99999999999999999999", "handling=strict"})
    void unreadable_preferences_are_ignored(String header) {
        assertThat(PreferHeader.of(header).waitOr(STANDARD)).isEqualTo(STANDARD);
        assertThat(PreferHeader.of(header).async()).isFalse();
    }

    @Test
    void no_header_is_no_preference() {
        assertThat(PreferHeader.of(null).waitOr(STANDARD)).isEqualTo(STANDARD);
    }
}
