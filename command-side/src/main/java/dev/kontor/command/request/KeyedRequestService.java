package dev.kontor.command.request;

import dev.kontor.api.Refusal;
import dev.kontor.api.Uuids;
import dev.kontor.api.customer.KeyDestroyedException;
import dev.kontor.api.identity.EmailAddress;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.request.KeptAnswer;
import dev.kontor.api.request.KeyedRequestCommand.ExecuteRequest;
import dev.kontor.api.request.KeyedRequestCommand.KeepAnswer;
import dev.kontor.api.request.KeyedRequestCommand.RecallRequest;
import dev.kontor.api.request.KeyedRequestId;
import dev.kontor.api.request.KeyedRequestState;
import dev.kontor.command.customer.EmailHash;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.RefusalTranslation;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.identity.KeyedCall;
import dev.kontor.grpc.identity.KeyedCall.Outcome;
import dev.kontor.grpc.identity.TokenVerifier;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.request.ClaimRequestRequest;
import dev.kontor.proto.request.KeepAnswerRequest;
import dev.kontor.proto.request.KeepAnswerResponse;
import dev.kontor.proto.request.KeyedRequestsGrpc.KeyedRequestsImplBase;
import dev.kontor.proto.request.RecallRequestRequest;
import dev.kontor.proto.request.RecalledRequest;
import dev.kontor.proto.request.RequestAnswer;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.grpc.server.service.GrpcService;

/** Tells a gateway what became of a request with an idempotency key, and keeps the answer. */
@GrpcService
class KeyedRequestService extends KeyedRequestsImplBase {

    /** Bytes of the body. A longer answer is not kept: a repeat is answered from what is there. */
    private static final int LARGEST_ANSWER = 128 << 10;

    private static final int MOST_SHOWN = 4;

    /** The operator of the machine is no customer, so this key seals the answers to it. Nothing destroys it. */
    private static final CustomerId OPERATOR = new CustomerId(Uuids.derive("operator"));

    private static final Logger log = LoggerFactory.getLogger(KeyedRequestService.class);

    private final Commands commands;
    private final Effects effects;
    private final EmailHash hash;
    private final AnswerSeal seal;

    KeyedRequestService(Commands commands, Effects effects, EmailHash hash, AnswerSeal seal) {
        this.commands = commands;
        this.effects = effects;
        this.hash = hash;
        this.seal = seal;
    }

    @Override
    public void recallRequest(RecallRequestRequest request, StreamObserver<RecalledRequest> answer) {
        Optional<KeyedRequestId> id = idOf(request.getEmail());
        answer.onNext(id.flatMap(this::recall).map(this::recalled).orElseGet(RecalledRequest::getDefaultInstance));
        answer.onCompleted();
    }

    @Override
    public void claimRequest(ClaimRequestRequest request, StreamObserver<RecalledRequest> answer) {
        if (!request.getAct().matches("[A-Za-z]{1,40}")) {
            throw RefusedException.invalid("act", "must have 1 to 40 letters");
        }
        answer.onNext(claim(idOf("").orElseThrow(), request.getAct()));
        answer.onCompleted();
    }

    private RecalledRequest claim(KeyedRequestId id, String act) {
        try {
            commands.<Boolean>send(new ExecuteRequest(id, act, fingerprint(), "", ""));
            call().ends(Outcome.EXECUTED);
            return RecalledRequest.getDefaultInstance();
        } catch (RefusedException refused) {
            if (refused.problem() != Problem.REQUEST_RUNNING) {
                throw refused;
            }
            call().ends(Outcome.REPEATED);
            return recalled(recall(id).orElseThrow(() -> refused));
        }
    }

    @Override
    public void keepAnswer(KeepAnswerRequest request, StreamObserver<KeepAnswerResponse> answer) {
        if (request.getShownCustomerIdsCount() > MOST_SHOWN) {
            throw RefusedException.invalid("shownCustomerIds", "must be at most " + MOST_SHOWN);
        }
        KeyedRequestId id = idOf(request.getEmail())
                .orElseThrow(() -> new RefusedException(Problem.NOT_FOUND, Problem.NOT_FOUND.title()));
        answer.onNext(keep(id, request)
                .map(earlier ->
                        KeepAnswerResponse.newBuilder().setAnswer(earlier).build())
                .orElseGet(KeepAnswerResponse::getDefaultInstance));
        answer.onCompleted();
    }

    /** The answer that was kept before, if it is another. */
    private Optional<RequestAnswer> keep(KeyedRequestId id, KeepAnswerRequest request) {
        RequestAnswer given = request.getAnswer();
        KeyedRequestState known = recall(id).orElse(null);
        if (known == null) {
            // There is no effect that a repeat could double.
            return Optional.empty();
        }
        if (known.answer() != null) {
            return Optional.of(open(known.answer()));
        }
        if (given.getBody().size() > LARGEST_ANSWER) {
            log.debug("the answer to request {} is too long to be kept", id.value());
            return Optional.empty();
        }
        KeptAnswer fresh;
        try {
            fresh = seal.seal(given, shown(request, known));
        } catch (KeyDestroyedException erased) {
            // Nothing of an erased customer is kept.
            return Optional.empty();
        }
        KeptAnswer kept = commands.send(new KeepAnswer(id, fingerprint(), fresh));
        return kept.equals(fresh) ? Optional.empty() : Optional.of(open(kept));
    }

    private static List<CustomerId> shown(KeepAnswerRequest request, KeyedRequestState known) {
        Set<CustomerId> shown = new LinkedHashSet<>();
        // The subject of a sign-up is the new customer.
        shown.add(request.getEmail().isEmpty() ? caller() : new CustomerId(known.subject()));
        request.getShownCustomerIdsList().stream().map(CustomerId::new).forEach(shown::add);
        return List.copyOf(shown);
    }

    private static CustomerId caller() {
        String id = Caller.required().customerId();
        return id.equals(TokenVerifier.OPERATOR) ? OPERATOR : new CustomerId(id);
    }

    private RecalledRequest recalled(KeyedRequestState known) {
        RecalledRequest.Builder recalled = RecalledRequest.newBuilder();
        return known.answer() == null
                ? recalled.setState(RecalledRequest.State.EXECUTED).build()
                : recalled.setState(RecalledRequest.State.ANSWERED)
                        .setAnswer(open(known.answer()))
                        .build();
    }

    /** @throws RefusedException with {@link Problem#CUSTOMER_INACTIVE} if a customer that it shows was erased */
    private RequestAnswer open(KeptAnswer kept) {
        return seal.unseal(kept).orElseThrow(() -> RefusalTranslation.refused(new Refusal.CustomerInactive()));
    }

    private Optional<KeyedRequestState> recall(KeyedRequestId id) {
        return commands.sendIfExists(new RecallRequest(id, fingerprint()));
    }

    /** @return empty for an e-mail that no account can have */
    private Optional<KeyedRequestId> idOf(String email) {
        String key = call().key();
        if (email.isEmpty()) {
            return Optional.of(KeyedRequestId.ofCaller(Caller.required().customerId(), key));
        }
        try {
            return Optional.of(KeyedRequestId.ofEmail(hash.of(new EmailAddress(email)), key));
        } catch (IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }

    private String fingerprint() {
        return effects.fingerprint(call());
    }

    private static KeyedCall call() {
        return KeyedCall.current()
                .orElseThrow(() -> RefusedException.invalid("Idempotency-Key", "is needed, from a gateway"));
    }
}
