package dev.kontor.grpc.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Header;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwsHeader;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.UnsupportedJwtException;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies access tokens by RFC 8725: the compact form, a header of only {@code alg}, {@code kid} and {@code typ},
 * RS256, a key of the Authority, issuer and audience, every claim present and in its form, not revoked. All invalid
 * tokens get the same refusal; the reason is logged.
 *
 * <p>A token expires at its {@code exp}, without leeway. Its {@code iat} may be up to {@value #CLOCKS_DIFFER_SECONDS} s
 * in the future, because the clocks of two machines differ.
 *
 * <p>Accepted tokens are cached for at most {@value #REMEMBERED_SECONDS} s and never past their expiry, because a
 * request is verified in the gateway and in each side that it reaches. The revocation of the token and of its key is
 * checked every time. Thread-safe.
 */
public final class TokenVerifier {

    public static final String ISSUER = "kontor";
    public static final String AUDIENCE = "kontor";

    /** Distinguishes access tokens from other kinds of JWT (RFC 9068). */
    public static final String TYPE = "at+jwt";

    /** The only subject that is not an account. */
    public static final String OPERATOR = "operator";

    /** From issue to expiry. A token with a longer lifetime is invalid. */
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final Logger log = LoggerFactory.getLogger(TokenVerifier.class);
    private static final int REMEMBERED_SECONDS = 30;
    private static final int CLOCKS_DIFFER_SECONDS = 60;
    private static final int LONGEST_TOKEN = 8_192;

    /** Three segments, without padding and spaces. */
    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Set<String> HEADER = Set.of("alg", "kid", "typ");
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
                .json(new TokenJson())
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
     * @param token the compact form, without {@code Bearer}
     * @throws RefusedException with {@link Problem#UNAUTHENTICATED} if the token is not valid now, and with
     *     {@link Problem#UNAVAILABLE} if this process cannot verify it at the moment
     */
    public Caller verify(String token) {
        Accepted known = accepted.getIfPresent(token);
        if (known == null) {
            known = parse(token);
            accepted.put(token, known);
        } else if (!clock.instant().isBefore(known.caller().expiresAt())) {
            throw refuse("over");
        } else if (keys.byId(known.keyId()).isEmpty()) {
            throw refuse("unknown key id");
        }
        if (revocations.revokes(known.caller())) {
            throw refuse("revoked");
        }
        return known.caller();
    }

    private Accepted parse(String token) {
        if (token.length() > LONGEST_TOKEN || !COMPACT.matcher(token).matches() || !endsAsWritten(token)) {
            throw refuse("not of the compact form");
        }
        try {
            Jws<Claims> jws = parser.parseSignedClaims(token);
            return new Accepted(
                    callerOf(jws.getPayload(), token), jws.getHeader().getKeyId());
        } catch (RefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            // The message could quote the token, so only the exception's class is logged.
            throw refuse(e.getClass().getSimpleName());
        }
    }

    /** The last character of Base64 can have unused bits, so one signature could have several spellings. */
    private static boolean endsAsWritten(String token) {
        String signature = token.substring(token.lastIndexOf('.') + 1);
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(signature);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(signature);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Key locate(Header header, VerificationKeys keys) {
        if (!(header instanceof JwsHeader jws) || !jws.keySet().equals(HEADER) || !TYPE.equals(jws.getType())) {
            throw new UnsupportedJwtException("another header");
        }
        return keys.byId(jws.getKeyId()).orElseThrow(() -> new UnsupportedJwtException("unknown key id"));
    }

    private Caller callerOf(Claims claims, String token) {
        String subject = claims.getSubject();
        String session = claims.get("sid", String.class);
        String role = claims.get("role", String.class);
        Number version = claims.get("ver", Number.class);
        if (subject == null || session == null || role == null || version == null) {
            throw refuse("a claim is missing");
        }
        if (!OPERATOR.equals(subject) && !UUID.matcher(subject).matches()
                || !UUID.matcher(session).matches()
                || !ROLES.contains(role)
                || version.longValue() < 0) {
            throw refuse("a claim has another form");
        }
        return new Caller(subject, role, session, version.longValue(), endOf(claims), token);
    }

    private Instant endOf(Claims claims) {
        if (claims.getExpiration() == null || claims.getIssuedAt() == null) {
            throw refuse("a time is missing");
        }
        Instant now = clock.instant();
        Instant issued = claims.getIssuedAt().toInstant();
        Instant end = claims.getExpiration().toInstant();
        if (!now.isBefore(end)) {
            throw refuse("over");
        }
        if (issued.isAfter(now.plusSeconds(CLOCKS_DIFFER_SECONDS))) {
            throw refuse("issued in the future");
        }
        if (!issued.isBefore(end) || end.isAfter(issued.plus(LIFETIME))) {
            throw refuse("of another lifetime");
        }
        return end;
    }

    private static RefusedException refuse(String reason) {
        log.debug("access token refused: {}", reason);
        return new RefusedException(Problem.UNAUTHENTICATED, Problem.UNAUTHENTICATED.title());
    }
}
