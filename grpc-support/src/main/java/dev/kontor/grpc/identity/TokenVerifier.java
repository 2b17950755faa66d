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
 * Decides whether an access token is one of ours, by RFC 8725 and word for word: the compact form, a header of {@code alg},
 * {@code kid} and {@code typ} and nothing else, RS256, a key the Authority published, our issuer and audience, every claim
 * there and in its form, not revoked. Whatever is wrong, the answer is the same refusal; the reason goes to the log.
 *
 * <p>At its {@code exp} a token ends: there is no leeway. Its {@code iat} may be up to {@value #CLOCKS_DIFFER_SECONDS} s
 * ahead, because the clocks of two machines differ.
 *
 * <p>A token that was accepted is remembered for {@value #REMEMBERED_SECONDS} s at most and never past its end, because
 * one request is verified at every door it passes. Whether it, or the key that signed it, was revoked is asked every time.
 * Safe for use by many threads.
 */
public final class TokenVerifier {

    public static final String ISSUER = "kontor";
    public static final String AUDIENCE = "kontor";

    /** So that no other kind of JWT is ever taken for an access token (RFC 9068). */
    public static final String TYPE = "at+jwt";

    /** The one subject that is nobody's account. */
    public static final String OPERATOR = "operator";

    /** From issue to end. A token that claims to live longer is none of ours. */
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final Logger log = LoggerFactory.getLogger(TokenVerifier.class);
    private static final int REMEMBERED_SECONDS = 30;
    private static final int CLOCKS_DIFFER_SECONDS = 60;
    private static final int LONGEST_TOKEN = 8_192;

    /** Without padding, space, further segments: what stands there is one thing only. */
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
     * @param token the compact form, as it stands behind {@code Bearer}
     * @throws RefusedException with {@link Problem#UNAUTHENTICATED} for anything but a token that is valid now, and with
     *     {@link Problem#UNAVAILABLE} where this process cannot tell at the moment
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
            // Whatever a parser trips over is no token. Messages can quote its content: only the kind is logged.
            throw refuse(e.getClass().getSimpleName());
        }
    }

    /** The last character of Base64 can have bits to spare, and a signature does not cover its own text. */
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
