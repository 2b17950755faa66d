package dev.kontor.command.identity;

import dev.kontor.api.identity.SigningKeyCommand.AddSigningKey;
import dev.kontor.api.identity.SigningKeyCommand.RevokeSigningKey;
import dev.kontor.api.identity.SigningKeyList;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.request.Effects;
import dev.kontor.command.request.Effects.Sender;
import dev.kontor.grpc.platform.OutcomeUnknownException;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.StartException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Replaces the signing key: at the first start, when it is old, and on request. A new key is published some time before
 * it signs, so that all verifiers know it by then. Any process may rotate at any time; if two do so at once, one
 * succeeds and both continue with its key.
 */
final class KeyRotation {

    private static final Logger log = LoggerFactory.getLogger(KeyRotation.class);

    private final Commands commands;
    private final TokenIssuer authority;
    private final PrivateSigningKeys chest;
    private final Clock clock;
    private final Duration lead;
    private final Duration oldAfter;

    /**
     * A key that was not used, because another process was faster or the log was unavailable: for the next rotation.
     */
    private final AtomicReference<PrivateSigningKeys.Fresh> spare = new AtomicReference<>();

    private final ReentrantLock looking = new ReentrantLock();

    /** Keys with a start in the far future that were logged already. */
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /**
     * @param lead from the publication of a key to its first signature
     * @param oldAfter the age at which the active key is replaced
     */
    KeyRotation(
            Commands commands,
            TokenIssuer authority,
            PrivateSigningKeys chest,
            Clock clock,
            Duration lead,
            Duration oldAfter) {
        if (lead.isNegative() || oldAfter.compareTo(lead) <= 0) {
            throw new StartException(
                    "kontor.identity.key-rotation must be longer than kontor.identity.key-lead, and that not negative");
        }
        this.commands = commands;
        this.authority = authority;
        this.chest = chest;
        this.clock = clock;
        this.lead = lead;
        this.oldAfter = oldAfter;
    }

    /**
     * Prepares this process to sign. A key that signs now or later and is missing in the key ring is revoked: after the
     * restore of an older log it may be a key that was revoked since.
     *
     * @throws StartException if the key of such a signing key does not open with this master key
     */
    void start() {
        authority.refresh();
        SigningKeyList list = authority.list();
        Instant now = clock.instant();
        list.keys().stream()
                .filter(key -> isToSign(list, key, now))
                .filter(key -> chest.open(key.kid()).isEmpty())
                .forEach(key -> revoke(key.kid()));
        if (!authority.canSign()) {
            add(Duration.ZERO);
        }
        sayWhatIsOfTheFuture(authority.list(), now);
        chest.destroyNameless();
        tidy();
    }

    private static boolean isToSign(SigningKeyList list, SigningKeyList.Key key, Instant now) {
        return switch (list.stateOf(key, now, TokenIssuer.ACCESS_TOKEN_LIFETIME)) {
            case NEXT, ACTIVE -> true;
            case RETIRING, RETIRED, REVOKED -> false;
        };
    }

    /** Returns the id of the new key. @param sender of the command */
    String rotate(Sender sender) {
        authority.refresh();
        return add(lead, sender).keys().getLast().kid();
    }

    private void add(Duration until) {
        add(until, Effects.unkeyed(commands));
    }

    private SigningKeyList add(Duration until, Sender sender) {
        String newest = authority.list().newest();
        SigningKeyList list = withFreshKey(fresh -> {
            Instant activeFrom = clock.instant().plus(until).truncatedTo(ChronoUnit.MILLIS);
            return publish(new AddSigningKey(fresh.kid(), fresh.publicKey(), activeFrom, newest), sender);
        });
        SigningKeyList.Key added = list.keys().getLast();
        log.info("signing key {} is published and signs from {} on", added.kid(), added.activeFrom());
        tidy();
        return list;
    }

    /** If another process published a key at the same time, that one is used. */
    private SigningKeyList publish(AddSigningKey command, Sender sender) {
        try {
            return sender.send(command.kid(), command);
        } catch (RefusedException refused) {
            if (refused.problem() != Problem.CONFLICT) {
                throw refused;
            }
            authority.refresh();
            return authority.list();
        }
    }

    /**
     * Revokes a key, and with it all tokens that it signed.
     *
     * @return whether it was valid until now
     * @throws RefusedException with {@link Problem#SIGNING_KEY_NOT_FOUND}
     */
    boolean revoke(String kid) {
        authority.refresh();
        SigningKeyList.Key key = authority
                .list()
                .find(kid)
                .orElseThrow(() ->
                        new RefusedException(Problem.SIGNING_KEY_NOT_FOUND, Problem.SIGNING_KEY_NOT_FOUND.title()));
        if (key.isRevoked()) {
            return false;
        }
        withFreshKey(fresh -> commands.send(new RevokeSigningKey(kid, fresh.kid(), fresh.publicKey())));
        log.warn("signing key {} is revoked", kid);
        tidy();
        return true;
    }

    private SigningKeyList withFreshKey(Function<PrivateSigningKeys.Fresh, SigningKeyList> use) {
        PrivateSigningKeys.Fresh kept = spare.getAndSet(null);
        PrivateSigningKeys.Fresh fresh = kept == null || isListed(kept) ? chest.make() : kept;
        boolean isKnown = true;
        try {
            SigningKeyList list = use.apply(fresh);
            authority.adopt(list);
            return list;
        } catch (OutcomeUnknownException unknown) {
            // It may be on the list, or get there later: it is not kept as a spare key, and never destroyed as one.
            isKnown = false;
            throw unknown;
        } finally {
            if (isKnown && !isListed(fresh)) {
                keep(fresh);
            }
        }
    }

    private boolean isListed(PrivateSigningKeys.Fresh fresh) {
        return authority.list().find(fresh.kid()).isPresent();
    }

    private void keep(PrivateSigningKeys.Fresh unused) {
        PrivateSigningKeys.Fresh displaced = spare.getAndSet(unused);
        if (displaced != null && !isListed(displaced)) {
            chest.destroy(displaced.kid());
        }
    }

    @Scheduled(fixedDelayString = "${kontor.identity.key-check:60s}")
    void look() {
        // The generation of a key takes time, and other scheduled tasks must not wait for it.
        Thread.ofVirtual().name("key-rotation").start(this::rotateIfDue);
    }

    void rotateIfDue() {
        if (!looking.tryLock()) {
            return;
        }
        try {
            authority.refresh();
            sayWhatIsOfTheFuture(authority.list(), clock.instant());
            if (isDue(authority.list())) {
                add(lead);
            }
            tidy();
        } catch (RuntimeException e) {
            log.error("the check of the signing key failed; it is tried again", e);
        } finally {
            looking.unlock();
        }
    }

    private boolean isDue(SigningKeyList list) {
        Instant now = clock.instant();
        boolean isNextThere = list.keys().stream().anyMatch(key -> isNext(list, key, now));
        return !isNextThere
                && list.active(now)
                        .map(key -> isOfTheFuture(key, now)
                                || !now.isBefore(key.activeFrom().plus(oldAfter)))
                        .orElse(true);
    }

    /** Ignores a key that was made while a clock was ahead: it may start years from now. */
    private boolean isNext(SigningKeyList list, SigningKeyList.Key key, Instant now) {
        return list.stateOf(key, now, TokenIssuer.ACCESS_TOKEN_LIFETIME) == SigningKeyList.State.NEXT
                && !isOfTheFuture(key, now);
    }

    private boolean isOfTheFuture(SigningKeyList.Key key, Instant now) {
        return key.activeFrom().isAfter(now.plus(lead).plus(SigningKeyList.CLOCKS_DIFFER));
    }

    private void sayWhatIsOfTheFuture(SigningKeyList list, Instant now) {
        list.keys().stream()
                .filter(key -> !key.isRevoked() && isOfTheFuture(key, now) && said.add(key.kid()))
                .forEach(key -> log.warn(
                        "signing key {} is to sign from {} on, and it is {}: a clock was ahead when the key was made, or is"
                                + " behind now; another key keeps signing",
                        key.kid(),
                        key.activeFrom(),
                        now));
    }

    /** Destroys the private parts of keys that no longer sign, after a delay for processes whose clock is behind. */
    private void tidy() {
        SigningKeyList list = authority.list();
        Instant before = clock.instant().minus(SigningKeyList.CLOCKS_DIFFER);
        list.keys().stream()
                .filter(key -> key.isRevoked()
                        || list.replacedAt(key).filter(before::isAfter).isPresent())
                .forEach(key -> chest.destroy(key.kid()));
    }
}
