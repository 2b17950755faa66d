package dev.kontor.grpc.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogRateLimitConfigurationTest {

    private final Logger talker = (Logger) LoggerFactory.getLogger("a logger that says much");
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    @BeforeEach
    void listen() {
        said.start();
        talker.addAppender(said);
    }

    @AfterEach
    void stopListening() {
        talker.detachAppender(said);
    }

    private void say(int lines) {
        for (int i = 0; i < lines; i++) {
            talker.warn("line {}", i);
        }
    }

    @Test
    void the_log_is_bounded_while_the_context_is_open() {
        LogRateLimitConfiguration bounded = new LogRateLimitConfiguration(3);
        say(1_000);
        // A minute may end during the test.
        assertThat(said.list).hasSizeBetween(3, 6);

        bounded.destroy();
        said.list.clear();
        say(10);
        assertThat(said.list).hasSize(10);
    }

    @Test
    void a_limit_of_zero_lines_is_refused() {
        assertThatThrownBy(() -> new LogRateLimitConfiguration(0))
                .isInstanceOf(StartException.class)
                .hasMessage("kontor.log.lines-per-minute is 0; it must be at least 1.");
    }
}
