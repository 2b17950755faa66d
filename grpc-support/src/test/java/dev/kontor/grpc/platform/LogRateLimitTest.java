package dev.kontor.grpc.platform;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogRateLimitTest {

    private final LoggerContext context = new LoggerContext();
    private final Logger told = (Logger) LoggerFactory.getLogger(LogRateLimit.class);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private Instant now = Instant.EPOCH.plusSeconds(3_600);
    private final LogRateLimit lines = new LogRateLimit(12, () -> now);

    @BeforeEach
    void listen() {
        said.start();
        context.addTurboFilter(lines);
        context.getLogger("root").addAppender(said);
        told.addAppender(said);
    }

    @AfterEach
    void stopListening() {
        told.detachAppender(said);
    }

    private Logger logger(String name) {
        Logger logger = context.getLogger(name);
        logger.setLevel(Level.INFO);
        return logger;
    }

    @Test
    void a_logger_writes_a_number_of_lines_a_minute_and_the_count_of_the_others() {
        for (int i = 0; i < 100; i++) {
            logger("one").warn("request {} failed", i);
        }
        logger("other").warn("something else");
        assertThat(said.list).hasSize(12 + 1);

        now = now.plusSeconds(60);
        lines.tell();

        assertThat(said.list.getLast().getFormattedMessage()).isEqualTo("88 more lines of one were left out");
        logger("one").warn("again");
        assertThat(said.list.getLast().getFormattedMessage()).isEqualTo("again");
    }

    @Test
    void a_stack_trace_counts_for_six() {
        for (int i = 0; i < 100; i++) {
            logger("one").error("request {} failed", i, new IllegalStateException());
        }

        assertThat(said.list).hasSize(2);
    }

    @Test
    void minutes_without_suppressed_lines_are_not_logged() {
        logger("one").warn("once");
        now = now.plusSeconds(60);
        lines.tell();
        lines.tell();

        assertThat(said.list).hasSize(1);
    }

    @Test
    void suppressed_lines_are_counted_at_the_end() {
        for (int i = 0; i < 14; i++) {
            logger("one").warn("request {} failed", i);
        }

        lines.tellAll();

        assertThat(said.list.getLast().getFormattedMessage()).isEqualTo("2 more lines of one were left out");
    }

    @Test
    void information_is_not_counted() {
        for (int i = 0; i < 100; i++) {
            logger("one").info("line {}", i);
        }

        assertThat(said.list).hasSize(100);
    }
}
