package dev.kontor.grpc.platform;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatedWarningsTest {

    private final AtomicLong now = new AtomicLong();
    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger driver = context.getLogger("com.example.Driver");
    private final Logger ours = context.getLogger("dev.kontor.side.Something");

    @BeforeEach
    void listen() {
        context.addTurboFilter(new RepeatedWarnings(now::get));
        log.start();
        context.getLogger("ROOT").addAppender(log);
    }

    private int lines() {
        return log.list.size();
    }

    @Test
    void a_library_logs_the_same_warning_once_a_minute() {
        for (int i = 0; i < 100; i++) {
            driver.warn("server {} is away", i);
        }
        assertThat(lines()).isEqualTo(1);

        now.addAndGet(RepeatedWarnings.SILENCE.toNanos());
        driver.warn("server {} is away", 100);
        driver.warn("server {} is away", 101);

        assertThat(lines()).isEqualTo(2);
    }

    @Test
    void another_text_another_failure_and_another_logger_are_not_the_same() {
        driver.warn("away");
        driver.warn("refused");
        driver.warn("away", new IllegalStateException());
        driver.warn("away", new IllegalArgumentException());
        context.getLogger("com.example.Other").warn("away");

        assertThat(lines()).isEqualTo(5);
    }

    @Test
    void levels_below_warning_pass() {
        driver.info("connected");
        driver.info("connected");

        assertThat(lines()).isEqualTo(2);
    }

    @Test
    void kontors_own_lines_pass_unless_they_are_marked() {
        ours.warn("view {} is rebuilt", "orders");
        ours.warn("view {} is rebuilt", "catalog");
        ours.warn(RepeatedWarnings.SELDOM, "a store is away: {}", "one");
        ours.warn(RepeatedWarnings.SELDOM, "a store is away: {}", "two");

        assertThat(lines()).isEqualTo(3);
    }

    @Test
    void the_memory_for_different_texts_is_bounded() {
        for (int i = 0; i < 10 * RepeatedWarnings.MOST; i++) {
            driver.warn("away since " + i);
        }

        assertThat(lines()).isEqualTo(RepeatedWarnings.MOST + 1);
    }
}
