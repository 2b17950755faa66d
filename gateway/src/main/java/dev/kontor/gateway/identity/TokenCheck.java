package dev.kontor.gateway.identity;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.identity.CheckTokenRequest;
import dev.kontor.proto.identity.TokenVerificationGrpc;
import dev.kontor.proto.identity.TokenVerificationGrpc.TokenVerificationBlockingStub;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;

/**
 * Asks a side whether the caller's token is valid, and the other side if the first does not answer. Answers for callers
 * that the gateway gives without a side need this check.
 */
@Component
final class TokenCheck implements AuthorizationManager<RequestAuthorizationContext> {

    private static final Duration UNTIL_ANOTHER_IS_ASKED = Duration.ofSeconds(3);

    private final List<TokenVerificationBlockingStub> sides;

    TokenCheck(TokenVerificationChannels sides) {
        this.sides = sides.channels().stream()
                .map(TokenVerificationGrpc::newBlockingStub)
                .toList();
    }

    /** @throws RefusedException a side's refusal, or {@link Problem#UNAVAILABLE} if no side answers */
    void pass() {
        RefusedException last = new RefusedException(Problem.UNAVAILABLE, Problem.UNAVAILABLE.title());
        for (TokenVerificationBlockingStub side : sides) {
            try {
                side.withDeadlineAfter(UNTIL_ANOTHER_IS_ASKED.toMillis(), TimeUnit.MILLISECONDS)
                        .checkToken(CheckTokenRequest.getDefaultInstance());
                return;
            } catch (StatusRuntimeException e) {
                last = RefusalCodec.fromStatus(e);
                if (last.problem() == Problem.UNAUTHENTICATED) {
                    break;
                }
            }
        }
        throw last;
    }

    /** Throws, because Spring Security would answer a negative decision with 403. */
    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends Authentication> caller, RequestAuthorizationContext request) {
        try {
            pass();
            return new AuthorizationDecision(true);
        } catch (RefusedException refused) {
            throw refused.problem() == Problem.UNAUTHENTICATED
                    ? new BadCredentialsException(refused.detail())
                    : new AuthenticationServiceException(refused.detail(), refused);
        }
    }
}
