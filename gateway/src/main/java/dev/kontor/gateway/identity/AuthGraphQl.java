package dev.kontor.gateway.identity;

import dev.kontor.gateway.identity.RateLimits.Try;
import dev.kontor.gateway.platform.GraphQlCall;
import dev.kontor.grpc.identity.ClientNetwork;
import org.springframework.context.annotation.Lazy;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

/** Sign-up, sign-in and refresh in GraphQL. Each counts against the limits of its REST call. */
@Lazy
@Controller
class AuthGraphQl {

    private final AuthOperations auth;
    private final RateLimits limits;

    AuthGraphQl(AuthOperations auth, RateLimits limits) {
        this.auth = auth;
        this.limits = limits;
    }

    @MutationMapping
    SignUpPayload signUp(@Argument SignUpJson input, @ContextValue GraphQlCall call) {
        count(Try.SIGN_UP);
        return SignUpPayload.of(auth.signUp(input, call.preference()));
    }

    @MutationMapping
    TokensJson signIn(@Argument SignInJson input, @ContextValue GraphQlCall call) {
        count(Try.SIGN_IN);
        return auth.signIn(input, call.device());
    }

    @MutationMapping
    TokensJson refreshTokens(@Argument String refreshToken) {
        count(Try.REFRESH);
        RefreshTokenJson token = new RefreshTokenJson(refreshToken);
        if (token.account() != null) {
            limits.byAccountInNetwork(Try.REFRESH, token.account());
        }
        return auth.refresh(token);
    }

    private void count(Try counted) {
        limits.byAddress(counted, ClientNetwork.current().orElse(""));
    }
}
