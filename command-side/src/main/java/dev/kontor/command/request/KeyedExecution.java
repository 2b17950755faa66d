package dev.kontor.command.request;

import dev.kontor.api.Refusal;
import dev.kontor.api.request.KeyedRequestCommand.ExecuteRequest;
import dev.kontor.api.request.KeyedRequestId;
import dev.kontor.command.platform.CommandRefusals;
import java.util.Map;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records the effect of a command under its idempotency key: the event of the {@link KeyedRequest} is in the same append
 * as the events of the command. The request is loaded first, so of two repeats in one process the second waits; the log
 * refuses the second append of two processes. Commands without a key pass.
 */
final class KeyedExecution implements MessageHandlerInterceptor<CommandMessage<?>> {

    private static final String ID = "keyedRequest";
    private static final String OPERATION = "keyedOperation";
    private static final String FINGERPRINT = "keyedFingerprint";
    private static final String SUBJECT = "keyedSubject";
    private static final String KEEPS_RESULT = "keyedResult";
    private static final String RECOGNISES_REPEATS = "keyedRepeats";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Supplier<Repository<KeyedRequest>> requests;

    /** @param requests asked at the first command with a key */
    KeyedExecution(Supplier<Repository<KeyedRequest>> requests) {
        this.requests = requests;
    }

    /**
     * The metadata of a command that is the effect of a request.
     *
     * @param request without a result
     * @param keepsResult whether the answer to a repeat needs the result of the command
     * @param recognisesRepeats whether the command answers its own repeat; any other is refused with {@code
     *     RequestRepeated}
     */
    static Map<String, String> metadata(ExecuteRequest request, boolean keepsResult, boolean recognisesRepeats) {
        return Map.of(
                ID, request.requestId().value(),
                OPERATION, request.operation(),
                FINGERPRINT, request.fingerprint(),
                SUBJECT, request.subject(),
                KEEPS_RESULT, Boolean.toString(keepsResult),
                RECOGNISES_REPEATS, Boolean.toString(recognisesRepeats));
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        MetaData key = unitOfWork.getMessage().getMetaData();
        if (!key.containsKey(ID)) {
            return chain.proceed();
        }
        ExecuteRequest asked = of(key, "");
        Aggregate<KeyedRequest> request =
                requests.get().loadOrCreate(asked.requestId().toString(), KeyedRequest::new);
        if (request.invoke(known -> known.isRepeatedBy(asked))) {
            if (is(key, RECOGNISES_REPEATS)) {
                return chain.proceed();
            }
            throw CommandRefusals.with(new Refusal.RequestRepeated());
        }
        Object result = chain.proceed();
        ExecuteRequest executed = of(key, is(key, KEEPS_RESULT) ? JSON.writeValueAsString(result) : "");
        request.execute(fresh -> fresh.handle(executed));
        return result;
    }

    private static ExecuteRequest of(MetaData key, String result) {
        return new ExecuteRequest(
                new KeyedRequestId((String) key.get(ID)),
                (String) key.get(OPERATION),
                (String) key.get(FINGERPRINT),
                (String) key.get(SUBJECT),
                result);
    }

    private static boolean is(MetaData key, String name) {
        return Boolean.parseBoolean((String) key.get(name));
    }

    /** The result that was kept. */
    static <R> R result(String kept, Class<R> type) {
        return kept.isEmpty() ? null : JSON.readValue(kept, type);
    }
}
