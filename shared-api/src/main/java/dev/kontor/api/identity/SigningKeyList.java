package dev.kontor.api.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All signing keys since the beginning, the newest last. The state of each follows from the clock alone, so that all
 * processes agree without exchanging messages.
 */
public record SigningKeyList(List<Key> keys) {

    /** Added to the time in which a key is published and its private part kept, because clocks differ. */
    public static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);

    public static final SigningKeyList EMPTY = new SigningKeyList(List.of());

    public SigningKeyList {
        keys = List.copyOf(keys);
    }

    /**
     * @param kid its RFC 7638 thumbprint
     * @param publicKey X.509 SubjectPublicKeyInfo in Base64
     * @param activeFrom when it signs in place of the one before
     * @param revokedAt null if it is not revoked
     */
    public record Key(String kid, String publicKey, Instant activeFrom, Instant revokedAt) {

        public boolean isRevoked() {
            return revokedAt != null;
        }

        /** A key revoked before its time has never signed: the turns of the others ignore it. */
        private boolean wasRevokedInTime() {
            return isRevoked() && revokedAt.isBefore(activeFrom);
        }
    }

    public enum State {
        /** Published, and not signing yet. */
        NEXT,
        ACTIVE,
        /** No longer signs; its tokens are valid until they expire. */
        RETIRING,
        /** No longer valid. */
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

    /** The id of the key added last, also if revoked; null if there is none. */
    public String newest() {
        return keys.isEmpty() ? null : keys.getLast().kid();
    }

    /** Grows with every change: of two lists, the one with more changes is the later. */
    public long changes() {
        return keys.size() + keys.stream().filter(Key::isRevoked).count();
    }

    /**
     * The key that signs at this moment: the last whose time has come. If no key's time has come (the clock that set
     * the times was ahead), the first of them. Empty if that key is revoked.
     */
    public Optional<Key> active(Instant now) {
        Optional<Key> last =
                inTurn().filter(key -> !key.activeFrom().isAfter(now)).reduce((earlier, later) -> later);
        return last.isPresent()
                ? last.filter(key -> !key.isRevoked())
                : laterThan(now).findFirst();
    }

    /**
     * The keys that may sign at this moment, the best first: the active one, then the later ones. A later one is needed
     * if the active one's private part was destroyed while a clock was ahead.
     */
    public List<Key> signers(Instant now) {
        return Stream.concat(active(now).stream(), laterThan(now)).distinct().toList();
    }

    private Stream<Key> laterThan(Instant now) {
        return inTurn().filter(key -> !key.isRevoked() && key.activeFrom().isAfter(now));
    }

    /** When the next key in turn replaces it; empty if there is none yet. */
    public Optional<Instant> replacedAt(Key key) {
        List<Key> turns = inTurn().toList();
        int turn = turns.indexOf(key);
        return turn < 0 || turn + 1 == turns.size()
                ? Optional.empty()
                : Optional.of(turns.get(turn + 1).activeFrom());
    }

    /**
     * Until when the key's tokens are valid: {@link Instant#MIN} if revoked, {@link Instant#MAX} if not replaced yet.
     */
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

    /** In signing order; of two with the same time, the one added later comes later. */
    private Stream<Key> inTurn() {
        return keys.stream().filter(key -> !key.wasRevokedInTime()).sorted(Comparator.comparing(Key::activeFrom));
    }
}
