package dev.kontor.command.request;

import dev.kontor.api.identity.EmailAddress;
import dev.kontor.api.request.KeyedRequestCommand.ExecuteRequest;
import dev.kontor.api.request.KeyedRequestCommand.RecallRequest;
import dev.kontor.api.request.KeyedRequestId;
import dev.kontor.api.request.KeyedRequestState;
import dev.kontor.command.customer.EmailHash;
import dev.kontor.command.platform.Commands;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.identity.KeyedCall;
import dev.kontor.grpc.identity.KeyedCall.Outcome;
import dev.kontor.grpc.platform.RefusedException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Gives a call one effect for each idempotency key. A call without a key sends its command as always.
 *
 * <p>Only keyed hashes of requests are stored: a plain one would reveal short secrets in them, such as passwords.
 */
@Component
public class Effects {

    private final Commands commands;
    private final EmailHash hash;

    public Effects(Commands commands, EmailHash hash) {
        this.commands = commands;
        this.hash = hash;
    }

    /**
     * An effect, now or before.
     *
     * @param subject the id that the answer names
     * @param result of the command; null if it is not kept
     */
    public record Effect<R>(String subject, R result) {}

    /** Sends the command that is the effect. */
    public interface Sender {

        /** A repeat is refused: the log has one effect. */
        <R> R send(Object subject, Object command);

        /** As {@link #send}, of a command that answers its own repeat like the first time and writes nothing then. */
        <R> R sendRepeatable(Object subject, Object command);

        /** As {@link #sendRepeatable}, until the outcome is known. */
        <R> R sendUntilKnown(Object subject, Object command);
    }

    /**
     * Calls {@code work}, unless the request had its effect before.
     *
     * @param result the type of the command's result; {@link Void} if a repeat does not need it
     * @param work checks and sends
     */
    public <R> Effect<R> once(Class<R> result, Function<Sender, Effect<R>> work) {
        return once(() -> KeyedRequestId.ofCaller(Caller.required().customerId(), key()), result, work);
    }

    /** As {@link #once}, of a caller that is known by an e-mail only. */
    public <R> Effect<R> onceFor(EmailAddress email, Class<R> result, Function<Sender, Effect<R>> work) {
        return once(() -> KeyedRequestId.ofEmail(hash.of(email), key()), result, work);
    }

    /** Sends commands that are no effect of a request with a key. */
    public static Sender unkeyed(Commands commands) {
        return new Unkeyed(commands);
    }

    private static String key() {
        return KeyedCall.current().orElseThrow().key();
    }

    private <R> Effect<R> once(Supplier<KeyedRequestId> id, Class<R> type, Function<Sender, Effect<R>> work) {
        KeyedCall call = KeyedCall.current().orElse(null);
        if (call == null) {
            return work.apply(unkeyed(commands));
        }
        RecallRequest request = new RecallRequest(id.get(), fingerprint(call));
        Optional<Effect<R>> earlier = recall(call, request, type);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        try {
            Effect<R> effect = work.apply(new Keyed(call, request, type != Void.class));
            call.ends(Outcome.EXECUTED);
            return effect;
        } catch (RefusedException refused) {
            // Another repeat may have been faster, and then this one has to be answered alike.
            return recall(call, request, type).orElseThrow(() -> refused);
        }
    }

    private <R> Optional<Effect<R>> recall(KeyedCall call, RecallRequest request, Class<R> type) {
        return commands.<KeyedRequestState>sendIfExists(request).map(known -> {
            call.ends(Outcome.REPEATED);
            return new Effect<>(known.subject(), KeyedExecution.result(known.result(), type));
        });
    }

    String fingerprint(KeyedCall call) {
        return hash.ofRequest(call.fingerprint());
    }

    private record Unkeyed(Commands commands) implements Sender {

        @Override
        public <R> R send(Object subject, Object command) {
            return commands.send(command);
        }

        @Override
        public <R> R sendRepeatable(Object subject, Object command) {
            return commands.send(command);
        }

        @Override
        public <R> R sendUntilKnown(Object subject, Object command) {
            return commands.sendUntilKnown(command);
        }
    }

    private final class Keyed implements Sender {

        private final KeyedCall call;
        private final RecallRequest request;
        private final boolean keepsResult;

        Keyed(KeyedCall call, RecallRequest request, boolean keepsResult) {
            this.call = call;
            this.request = request;
            this.keepsResult = keepsResult;
        }

        @Override
        public <R> R send(Object subject, Object command) {
            return commands.send(command, under(subject, false));
        }

        @Override
        public <R> R sendRepeatable(Object subject, Object command) {
            return commands.send(command, under(subject, true));
        }

        @Override
        public <R> R sendUntilKnown(Object subject, Object command) {
            return commands.sendUntilKnown(command, under(subject, true));
        }

        private Map<String, String> under(Object subject, boolean recognisesRepeats) {
            return KeyedExecution.metadata(
                    new ExecuteRequest(
                            request.requestId(), call.operation(), request.fingerprint(), subject.toString(), ""),
                    keepsResult,
                    recognisesRepeats);
        }
    }
}
