package dev.kontor.side.platform;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.EnqueuePolicy;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which failures make an event a dead letter. A failure of a store or of another process is not the event's: it
 * is thrown again, so that the processor repeats the batch until it succeeds.
 *
 * <p>Diagnostics of a letter: {@link #FRAME} is the first stack frame in Kontor's own code, {@link #ATTEMPTS} the number
 * of failed attempts. The cause has the type of the exception and its message without what may be personal data.
 */
public final class LetterPolicy implements EnqueuePolicy<EventMessage<?>> {

    public static final String FRAME = "frame";
    public static final String ATTEMPTS = "attempts";

    private static final Logger log = LoggerFactory.getLogger(LetterPolicy.class);
    private static final String OUR_CODE = "dev.kontor.";
    private static final int LONGEST_MESSAGE = 300;
    /** Quoted values, and words with an at sign. Identifiers and numbers of events stay. */
    private static final Pattern VALUES = Pattern.compile("\"[^\"]*\"|'[^']*'|\\S*@\\S*");

    private final List<FailureTranslation> translations;

    LetterPolicy(List<FailureTranslation> translations) {
        this.translations = List.copyOf(translations);
    }

    @Override
    public EnqueueDecision<EventMessage<?>> decide(DeadLetter<? extends EventMessage<?>> letter, Throwable failure) {
        if (isOfAnother(failure)) {
            throw failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
        }
        int attempts = attempts(letter.diagnostics()) + 1;
        String frame = firstFrame(failure);
        log.error(
                "{} {} could not be handled and is put aside as a dead letter (attempt {})",
                letter.message().getPayloadType().getSimpleName(),
                letter.message().getIdentifier(),
                attempts,
                failure);
        return Decisions.enqueue(
                new ThrowableCause(failure.getClass().getName(), withoutValues(failure.getMessage())),
                enqueued -> MetaData.with(FRAME, frame).and(ATTEMPTS, String.valueOf(attempts)));
    }

    /** Of a store, of another process, or of an instance that has taken over the segment. */
    private boolean isOfAnother(Throwable failure) {
        return FailureClassifier.mayPassOf(failure)
                || causes(failure).anyMatch(LetterPolicy::isOfProcessing)
                || translations.stream().anyMatch(translation -> translation.translate(failure) != null);
    }

    private static boolean isOfProcessing(Throwable cause) {
        return cause instanceof UnableToClaimTokenException
                || cause instanceof UncheckedIOException
                || cause instanceof CancellationException
                || cause instanceof InterruptedException
                || cause instanceof RepeatedBatchException;
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }

    static int attempts(MetaData diagnostics) {
        return Optional.ofNullable(diagnostics.get(ATTEMPTS))
                .map(attempts -> Integer.parseInt(attempts.toString()))
                .orElse(0);
    }

    /** For a reader, and for groups of letters that probably have one reason: no failure is handled by its frame. */
    static String firstFrame(Throwable failure) {
        return causes(failure)
                .flatMap(cause -> Stream.of(cause.getStackTrace()))
                .filter(frame -> frame.getClassName().startsWith(OUR_CODE))
                .findFirst()
                .map(frame -> "%s.%s:%d".formatted(frame.getClassName(), frame.getMethodName(), frame.getLineNumber()))
                .orElse("");
    }

    /** The exception, its message without what may be personal data, and the first stack frame in Kontor's own code. */
    public static String textOf(Throwable failure) {
        return "%s: %s at %s"
                .formatted(failure.getClass().getName(), withoutValues(failure.getMessage()), firstFrame(failure));
    }

    static String withoutValues(String message) {
        if (message == null) {
            return "";
        }
        String masked = VALUES.matcher(message).replaceAll("…");
        return masked.length() <= LONGEST_MESSAGE ? masked : masked.substring(0, LONGEST_MESSAGE) + "…";
    }
}
