package dev.kontor.side.identity;

import com.google.protobuf.ByteString;
import dev.kontor.api.identity.SigningKeyList;
import dev.kontor.grpc.identity.TokenVerifier;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Predicate;

/** Converts signing keys to messages of the gRPC API. */
public final class SigningKeyProtos {

    private static final String ALGORITHM = "RS256";

    private SigningKeyProtos() {}

    /** All keys, including revoked and expired ones. */
    public static SigningKeys all(SigningKeyList list, Instant now) {
        return of(list, now, key -> true);
    }

    /** The keys that verify tokens now or soon. */
    public static SigningKeys counting(SigningKeyList list, Instant now) {
        return of(list, now, key -> switch (key.getState()) {
            case NEXT, ACTIVE, RETIRING -> true;
            case RETIRED, REVOKED, STATE_UNSPECIFIED, UNRECOGNIZED -> false;
        });
    }

    private static SigningKeys of(SigningKeyList list, Instant now, Predicate<SigningKey> wanted) {
        SigningKeys.Builder keys = SigningKeys.newBuilder();
        list.keys().stream().map(key -> of(list, key, now)).filter(wanted).forEach(keys::addKeys);
        return keys.build();
    }

    public static SigningKey of(SigningKeyList list, SigningKeyList.Key key, Instant now) {
        return SigningKey.newBuilder()
                .setKid(key.kid())
                .setAlgorithm(ALGORITHM)
                .setPublicKey(ByteString.copyFrom(Base64.getDecoder().decode(key.publicKey())))
                .setState(
                        switch (list.stateOf(key, now, TokenVerifier.LIFETIME)) {
                            case NEXT -> SigningKey.State.NEXT;
                            case ACTIVE -> SigningKey.State.ACTIVE;
                            case RETIRING -> SigningKey.State.RETIRING;
                            case RETIRED -> SigningKey.State.RETIRED;
                            case REVOKED -> SigningKey.State.REVOKED;
                        })
                .setActiveFromMillis(key.activeFrom().toEpochMilli())
                .build();
    }
}
