package dev.kontor.gateway.identity;

import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.identity.TokenVerifier;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import java.util.List;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/** Authenticates a caller by a verified access token only. */
final class TokenAuthentication implements AuthenticationManager {

    private final TokenVerifier verifier;

    TokenAuthentication(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    /** @param claim has the compact token as its credentials */
    @Override
    public Authentication authenticate(Authentication claim) {
        if (!(claim.getCredentials() instanceof String token)) {
            throw new BadCredentialsException("no access token");
        }
        try {
            Caller caller = verifier.verify(token);
            return new PreAuthenticatedAuthenticationToken(
                    caller, null, List.of(new SimpleGrantedAuthority("ROLE_" + caller.role())));
        } catch (RefusedException refused) {
            throw refused.problem() == Problem.UNAVAILABLE
                    ? new AuthenticationServiceException(refused.detail())
                    : new BadCredentialsException(refused.detail());
        }
    }
}
