package dev.kontor.side.platform;

import dev.kontor.grpc.platform.StartException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.axonframework.messaging.MetaData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Retries dead letters by itself. A sequence is retried after the set time, and after each further failed attempt of its
 * first letter after double the time before, up to an hour.
 */
@Component
class LetterRetries implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(LetterRetries.class);

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration SHORTEST_LOOK = Duration.ofMillis(100);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);
    /** In one look, of one queue: a look must not hold up the queue's processor for long. */
    private static final int AT_ONCE = 100;

    private final List<DeadLetters> all;
    private final Clock clock;
    private final Duration retryAfter;
    private final RepeatedLook looking = new RepeatedLook(
            "dead-letters-retry",
            this::look,
            failure -> log.warn("dead letters cannot be retried at the moment: {}", failure.toString()));

    LetterRetries(
            List<DeadLetters> all, Clock clock, @Value("${kontor.dead-letters.retry-after:30s}") Duration retryAfter) {
        if (retryAfter.isNegative() || retryAfter.isZero()) {
            throw new StartException(
                    "kontor.dead-letters.retry-after is %s; it must be positive".formatted(retryAfter));
        }
        this.all = List.copyOf(all);
        this.clock = clock;
        this.retryAfter = retryAfter;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        Duration pause = retryAfter.dividedBy(4);
        looking.start(
                pause.compareTo(SHORTEST_LOOK) < 0
                        ? SHORTEST_LOOK
                        : pause.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : pause);
    }

    @Override
    public void destroy() {
        looking.stop();
    }

    void look() {
        for (DeadLetters letters : all) {
            for (String queue : letters.names()) {
                letters.firstLetters(queue)
                        .filter(letter -> !clock.instant().isBefore(dueAt(letter)))
                        .sorted(Comparator.comparing(StoredLetter::lastTouched))
                        .limit(AT_ONCE)
                        .toList()
                        .forEach(letter -> retry(letters, letter.key()));
            }
        }
    }

    private static void retry(DeadLetters letters, StoredLetter.Key key) {
        try {
            letters.retry(key.queue(), key.sequence());
        } catch (RuntimeException e) {
            if (FailureClassifier.mayPassOf(e)) {
                throw e;
            }
            log.warn("the dead letters {} of {} could not be retried", key.sequence(), key.queue(), e);
        }
    }

    private Instant dueAt(StoredLetter letter) {
        int failed = Math.max(1, LetterPolicy.attempts(MetaData.from(letter.diagnostics())));
        Duration pause = retryAfter.multipliedBy(1L << Math.min(failed - 1, 20));
        return letter.lastTouched().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }
}
