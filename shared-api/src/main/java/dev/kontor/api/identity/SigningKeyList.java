package dev.kontor.api.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All signing keys there ever were, the one added last at the end. What each of them is for follows from the clock alone,
 * so that every process comes to the same answer without a word.
 */
public record SigningKeyList(List<Key> keys) {

    /** How much longer a key is published, and its private part kept, than would do if all clocks were the same. */
    public static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);

    public static final SigningKeyList EMPTY = new SigningKeyList(List.of());

    public SigningKeyList {
        keys = List.copyOf(keys);
    }

    /**
     * @param kid its RFC 7638 thumbprint
     * @param publicKey X.509 SubjectPublicKeyInfo in Base64
     * @param activeFrom when it signs in place of the one before
     * @param revokedAt null where it was not
     */
    public record Key(String kid, String publicKey, Instant activeFrom, Instant revokedAt) {

        public boolean isRevoked() {
            return revokedAt != null;
        }

        /** A key that was revoked before its time has never signed: for the others it is as if it had not been there. */
        private boolean wasRevokedInTime() {
            return isRevoked() && revokedAt.isBefore(activeFrom);
        }
    }

    public enum State {
        /** Published, and not signing yet. */
        NEXT,
        /** Signs. */
        ACTIVE,
        /** Signs no more, until what it has signed has run out. */
        RETIRING,
        /** Counts no more. */
        RETIRED,
        REVOKED
    }

    public SigningKeyList with(String kid, String publicKey, Instant activeFrom) {
        return new SigningKeyList(Stream.concat(keys.stream(), Stream.of(new Key(kid, publicKey, activeFrom, null)))
                .toList());
    }

    public SigningKeyList withRevoked(String kid, Instant at) {
        return new SigningKeyList(keys.stream()
                .map(key -> key.kid().equals(kid) ? new Key(kid, key.publicKey(), key.activeFrom(), at) : key)
                .toList());
    }

    public Optional<Key> find(String kid) {
        return keys.stream().filter(key -> key.kid().equals(kid)).findFirst();
    }

    /** The id of the key that was added last, whatever became of it; null where there is none. */
    public String newest() {
        return keys.isEmpty() ? null : keys.getLast().kid();
    }

    /** Grows with every change, and never otherwise: of two lists the one that knows of more is the later. */
    public long changes() {
        return keys.size() + keys.stream().filter(Key::isRevoked).count();
    }

    /**
     * The key that signs at this moment: the one whose time came last. Where the time of none has come, a clock was ahead
     * when they were made: the first of them. Empty where just that one was revoked.
     */
    public Optional<Key> active(Instant now) {
        Optional<Key> last =
                inTurn().filter(key -> !key.activeFrom().isAfter(now)).reduce((earlier, later) -> later);
        return last.isPresent()
                ? last.filter(key -> !key.isRevoked())
                : laterThan(now).findFirst();
    }

    /**
     * The keys that may sign at this moment, the best first: the active one, and those whose time comes later. One of these
     * is needed where the active one's private part was destroyed when a clock was ahead.
     */
    public List<Key> signers(Instant now) {
        return Stream.concat(active(now).stream(), laterThan(now)).distinct().toList();
    }

    private Stream<Key> laterThan(Instant now) {
        return inTurn().filter(key -> !key.isRevoked() && key.activeFrom().isAfter(now));
    }

    /** When the next in turn takes over, or has; empty where none is there yet. */
    public Optional<Instant> replacedAt(Key key) {
        List<Key> turns = inTurn().toList();
        int turn = turns.indexOf(key);
        return turn < 0 || turn + 1 == turns.size()
                ? Optional.empty()
                : Optional.of(turns.get(turn + 1).activeFrom());
    }

    /** Until when what a key signed counts: {@link Instant#MIN} where it was revoked, {@link Instant#MAX} for no end yet. */
    public Instant countsUntil(Key key, Duration tokenLifetime) {
        return key.isRevoked()
                ? Instant.MIN
                : replacedAt(key)
                        .map(replaced -> replaced.plus(tokenLifetime).plus(CLOCKS_DIFFER))
                        .orElse(Instant.MAX);
    }

    public State stateOf(Key key, Instant now, Duration tokenLifetime) {
        if (key.isRevoked()) {
            return State.REVOKED;
        }
        if (active(now).filter(key::equals).isPresent()) {
            return State.ACTIVE;
        }
        if (now.isBefore(key.activeFrom())) {
            return State.NEXT;
        }
        return now.isBefore(countsUntil(key, tokenLifetime)) ? State.RETIRING : State.RETIRED;
    }

    /** In the order in which they sign; of two with the same time the one added later is the later. */
    private Stream<Key> inTurn() {
        return keys.stream().filter(key -> !key.wasRevokedInTime()).sorted(Comparator.comparing(Key::activeFrom));
    }
}
