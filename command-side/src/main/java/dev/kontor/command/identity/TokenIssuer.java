package dev.kontor.command.identity;

import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.SigningKeyCommand.ReadSigningKeys;
import dev.kontor.api.identity.SigningKeyList;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.Commands;
import dev.kontor.grpc.identity.TokenVerifier;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.StartException;
import dev.kontor.side.identity.SideKeys;
import dev.kontor.side.identity.ValidKeys;
import io.jsonwebtoken.Jwts;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Signs access tokens. The list of keys is in the log, the private parts are in the key ring; this process caches both,
 * so that signing and verifying do not block. {@link KeyRotation} changes the list.
 */
public final class TokenIssuer implements SideKeys {

    /** The subject of an operator's token. It cannot be a customer's: those are UUIDs. */
    public static final String OPERATOR = TokenVerifier.OPERATOR;

    public static final Duration ACCESS_TOKEN_LIFETIME = TokenVerifier.LIFETIME;

    private static final Logger log = LoggerFactory.getLogger(TokenIssuer.class);

    private final Commands commands;
    private final PrivateSigningKeys chest;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private volatile Known known = Known.NOTHING;

    /** A list with its usable parts: the valid keys, and the private keys that this process can sign with. */
    private record Known(SigningKeyList list, ValidKeys counting, Map<String, PrivateKey> signing) {

        static final Known NOTHING = new Known(SigningKeyList.EMPTY, ValidKeys.NONE, Map.of());
    }

    TokenIssuer(Commands commands, PrivateSigningKeys chest, Clock clock, ApplicationEventPublisher events) {
        this.commands = commands;
        this.chest = chest;
        this.clock = clock;
        this.events = events;
    }

    /**
     * A token for this customer, valid for 15 minutes.
     *
     * @param version of the customer's credentials
     */
    String issue(CustomerId customerId, SessionId sessionId, Role role, long version) {
        return issue(customerId.value(), sessionId, role, version);
    }

    /**
     * A token for the operator of the machine, valid for 15 minutes: an admin's, without an account. To be stored where
     * only the operator can read it.
     */
    public String issueToOperator() {
        return issue(OPERATOR, SessionId.mint(), Role.ADMIN, 0);
    }

    private String issue(String subject, SessionId sessionId, Role role, long version) {
        Instant now = clock.instant();
        Signer signer = signer(now);
        return Jwts.builder()
                .header()
                .type(TokenVerifier.TYPE)
                .keyId(signer.kid())
                .and()
                .issuer(TokenVerifier.ISSUER)
                .audience()
                .add(TokenVerifier.AUDIENCE)
                .and()
                .subject(subject)
                .claim("sid", sessionId.value())
                .claim("role", role.name())
                .claim("ver", version)
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(ACCESS_TOKEN_LIFETIME)))
                .signWith(signer.key(), Jwts.SIG.RS256)
                .compact();
    }

    private record Signer(String kid, PrivateKey key) {}

    /** @throws RefusedException with {@link Problem#UNAVAILABLE} if this process can open no key that may sign now */
    private Signer signer(Instant now) {
        return signerAt(now)
                .orElseThrow(() -> new RefusedException(Problem.UNAVAILABLE, "No token can be signed at the moment"));
    }

    private Optional<Signer> signerAt(Instant now) {
        Known current = known;
        return current.list().signers(now).stream()
                .filter(key -> current.signing().containsKey(key.kid()))
                .findFirst()
                .map(key -> new Signer(key.kid(), current.signing().get(key.kid())));
    }

    boolean canSign() {
        return signerAt(clock.instant()).isPresent();
    }

    @Override
    public Optional<RSAPublicKey> byId(String keyId) {
        return known.counting().find(keyId, clock.instant());
    }

    @Override
    public SigningKeyList list() {
        return known.list();
    }

    /** Holds no lock while it reads the list, so an event handler can call it as well. */
    @Override
    public void refresh() {
        try {
            adopt(commands.send(new ReadSigningKeys()));
        } catch (RefusedException refused) {
            if (refused.problem() != Problem.NOT_FOUND) {
                throw refused;
            }
            // There is no list yet; the first key creates it.
        }
    }

    /** Uses this list from now on, unless a later one is known already. */
    synchronized void adopt(SigningKeyList list) {
        SigningKeyList before = known.list();
        if (list.changes() <= before.changes()) {
            return;
        }
        ValidKeys counting = ValidKeys.of(list, clock.instant());
        Map<String, PrivateKey> signing = new HashMap<>();
        counting.ids().forEach(kid -> open(kid).ifPresent(opened -> signing.put(kid, opened)));
        known = new Known(list, counting, Map.copyOf(signing));
        list.keys().stream()
                .filter(SigningKeyList.Key::isRevoked)
                .filter(key ->
                        before.find(key.kid()).filter(old -> !old.isRevoked()).isPresent())
                .forEach(key -> events.publishEvent(new SigningKeyRevokedNotice(key.kid())));
    }

    private Optional<PrivateKey> open(String kid) {
        PrivateKey opened = known.signing().get(kid);
        if (opened != null) {
            return Optional.of(opened);
        }
        try {
            return chest.open(kid);
        } catch (StartException e) {
            // Tokens signed by other processes can still be verified.
            log.error("signing key {}: {}", kid, e.getMessage());
            return Optional.empty();
        }
    }
}
