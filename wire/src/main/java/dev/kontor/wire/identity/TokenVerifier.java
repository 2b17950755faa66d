package dev.kontor.wire.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Header;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwsHeader;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.UnsupportedJwtException;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether an access token is one of ours: RS256, a key the Authority published, our issuer and audience, not
 * past its end, every claim there, not revoked. Whatever is wrong, the answer is the same refusal; the reason goes to the log.
 *
 * <p>A token that was accepted is remembered for {@value #REMEMBERED_SECONDS} s at most and never past its end, because
 * one request is verified at every door it passes. Whether it, or the key that signed it, was revoked is asked every time. Safe for use by many threads.
 */
public final class TokenVerifier {

    public static final String ISSUER = "kontor";
    public static final String AUDIENCE = "kontor";

    private static final Logger log = LoggerFactory.getLogger(TokenVerifier.class);
    private static final int REMEMBERED_SECONDS = 30;
    private static final int LONGEST_TOKEN = 8_192;
    private static final Set<String> ROLES = Set.of("CUSTOMER", "ADMIN");

    private final JwtParser parser;
    private final VerificationKeys keys;
    private final Revocations revocations;
    private final Clock clock;
    private final Cache<String, Accepted> accepted = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofSeconds(REMEMBERED_SECONDS))
            .build();

    private record Accepted(Caller caller, String keyId) {}

    public TokenVerifier(VerificationKeys keys, Revocations revocations, Clock clock) {
        this.keys = keys;
        this.revocations = revocations;
        this.clock = clock;
        this.parser = Jwts.parser()
                .keyLocator(header -> locate(header, keys))
                .sig()
                .clear()
                .add(Jwts.SIG.RS256)
                .and()
                .zip()
                .clear()
                .and()
                .requireIssuer(ISSUER)
                .requireAudience(AUDIENCE)
                .clock(() -> Date.from(clock.instant()))
                .build();
    }

    /**
     * @param token the compact form, as it stands behind {@code Bearer}
     * @throws Refused with {@link Problem#UNAUTHENTICATED} for anything but a token that is valid now, and with
     *     {@link Problem#UNAVAILABLE} where nobody can tell at the moment
     */
    public Caller verify(String token) {
        if (token.length() > LONGEST_TOKEN) {
            throw refuse("too long");
        }
        Accepted known = accepted.getIfPresent(token);
        if (known == null || !stillCounts(known)) {
            known = parse(token);
            accepted.put(token, known);
        }
        if (revocations.revokes(known.caller())) {
            throw refuse("revoked");
        }
        return known.caller();
    }

    private boolean stillCounts(Accepted known) {
        return clock.instant().isBefore(known.caller().expiresAt())
                && keys.byId(known.keyId()).isPresent();
    }

    private Accepted parse(String token) {
        try {
            Jws<Claims> jws = parser.parseSignedClaims(token);
            Claims claims = jws.getPayload();
            Date expires = claims.getExpiration();
            Date issued = claims.getIssuedAt();
            String role = claims.get("role", String.class);
            String session = claims.get("sid", String.class);
            Number version = claims.get("ver", Number.class);
            if (claims.getSubject() == null
                    || expires == null
                    || issued == null
                    || session == null
                    || version == null) {
                throw refuse("a claim is missing");
            }
            if (role == null || !ROLES.contains(role)) {
                throw refuse("no such role");
            }
            if (issued.toInstant().isAfter(clock.instant().plusSeconds(60))) {
                throw refuse("issued in the future");
            }
            return new Accepted(
                    new Caller(claims.getSubject(), role, session, version.longValue(), expires.toInstant(), token),
                    jws.getHeader().getKeyId());
        } catch (JwtException | IllegalArgumentException e) {
            // jjwt's messages can quote the token's content: only the kind of failure is logged.
            throw refuse(e.getClass().getSimpleName());
        }
    }

    private static Key locate(Header header, VerificationKeys keys) {
        if (!(header instanceof JwsHeader jws) || jws.getKeyId() == null) {
            throw new UnsupportedJwtException("no key id");
        }
        return keys.byId(jws.getKeyId()).orElseThrow(() -> new UnsupportedJwtException("unknown key id"));
    }

    private static Refused refuse(String reason) {
        log.debug("access token refused: {}", reason);
        return new Refused(Problem.UNAUTHENTICATED, Problem.UNAUTHENTICATED.title());
    }
}
