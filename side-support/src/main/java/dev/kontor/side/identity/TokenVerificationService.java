package dev.kontor.side.identity;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.identity.AwaitRevocationRequest;
import dev.kontor.proto.identity.AwaitRevocationResponse;
import dev.kontor.proto.identity.CheckTokenRequest;
import dev.kontor.proto.identity.CheckTokenResponse;
import dev.kontor.proto.identity.ListKeysRequest;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.proto.identity.TokenVerificationGrpc.TokenVerificationImplBase;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.grpc.server.service.GrpcService;

/** Answers gateways: the valid keys, whether a revocation is known here, and whether a token is valid. */
@GrpcService
class TokenVerificationService extends TokenVerificationImplBase {

    static final int MOST_REVOCATIONS = 100;
    static final int MOST_WAITING = 1_000;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final SideKeys keys;
    private final SideRevocations revocations;
    private final Clock clock;
    private final Semaphore places = new Semaphore(MOST_WAITING);

    TokenVerificationService(SideKeys keys, SideRevocations revocations, Clock clock) {
        this.keys = keys;
        this.revocations = revocations;
        this.clock = clock;
    }

    /** Refuses while the log is not read: a key that was revoked since would be on the list. */
    @Override
    public void listKeys(ListKeysRequest request, StreamObserver<SigningKeys> answer) {
        if (!revocations.areKnownOfLate()) {
            throw new RefusedException(Problem.UNAVAILABLE, "The signing keys are not known at the moment");
        }
        answer.onNext(SigningKeyProtos.counting(keys.list(), clock.instant()));
        answer.onCompleted();
    }

    @Override
    public void awaitRevocation(AwaitRevocationRequest request, StreamObserver<AwaitRevocationResponse> answer) {
        if (request.getRevoked().getRevocationsCount() > MOST_REVOCATIONS) {
            throw RefusedException.invalid("revoked", "must have at most " + MOST_REVOCATIONS + " revocations");
        }
        if (!places.tryAcquire()) {
            throw new RefusedException(Problem.OVERLOADED, Problem.OVERLOADED.title());
        }
        boolean known;
        try {
            known = revocations.await(request.getRevoked(), LONGEST_WAIT);
        } finally {
            places.release();
        }
        answer.onNext(AwaitRevocationResponse.newBuilder().setKnown(known).build());
        answer.onCompleted();
    }

    /** The access interceptor has verified the token before this method runs. */
    @Override
    public void checkToken(CheckTokenRequest request, StreamObserver<CheckTokenResponse> answer) {
        answer.onNext(CheckTokenResponse.getDefaultInstance());
        answer.onCompleted();
    }
}
