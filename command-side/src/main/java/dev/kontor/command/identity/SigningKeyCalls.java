package dev.kontor.command.identity;

import com.google.protobuf.ByteString;
import dev.kontor.api.identity.SigningKeyList;
import dev.kontor.proto.identity.ListSigningKeysRequest;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.RevokeSigningKeyRequest;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.RotateSigningKeyRequest;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.wire.identity.Caller;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** The calls of the contract that are about signing keys. */
@Component
class SigningKeyCalls {

    private static final String ALGORITHM = "RS256";

    private final Authority authority;
    private final KeyRotation rotation;
    private final Clock clock;

    SigningKeyCalls(Authority authority, KeyRotation rotation, Clock clock) {
        this.authority = authority;
        this.rotation = rotation;
        this.clock = clock;
    }

    void list(ListSigningKeysRequest request, StreamObserver<SigningKeys> answer) {
        if (request.getAll() && !Caller.required().isAdmin()) {
            throw new Refused(Problem.FORBIDDEN, "Only admins may do this");
        }
        SigningKeyList list = authority.list();
        Instant now = clock.instant();
        SigningKeys.Builder keys = SigningKeys.newBuilder();
        list.keys().stream()
                .map(key -> toProto(list, key, now))
                .filter(key -> request.getAll() || counts(key.getState()))
                .forEach(keys::addKeys);
        answer.onNext(keys.build());
        answer.onCompleted();
    }

    void rotate(RotateSigningKeyRequest request, StreamObserver<SigningKey> answer) {
        SigningKeyList list = rotation.rotate();
        answer.onNext(toProto(list, list.keys().getLast(), clock.instant()));
        answer.onCompleted();
    }

    void revoke(RevokeSigningKeyRequest request, StreamObserver<Revoked> answer) {
        Revoked.Builder revoked = Revoked.newBuilder();
        if (rotation.revoke(request.getKid())) {
            revoked.addRevocations(Revocation.newBuilder().setKid(request.getKid()));
        }
        answer.onNext(revoked.build());
        answer.onCompleted();
    }

    private static boolean counts(SigningKey.State state) {
        return switch (state) {
            case NEXT, ACTIVE, RETIRING -> true;
            case RETIRED, REVOKED, STATE_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }

    private static SigningKey toProto(SigningKeyList list, SigningKeyList.Key key, Instant now) {
        return SigningKey.newBuilder()
                .setKid(key.kid())
                .setAlgorithm(ALGORITHM)
                .setPublicKey(ByteString.copyFrom(Base64.getDecoder().decode(key.publicKey())))
                .setState(
                        switch (list.stateOf(key, now, Authority.ACCESS_TOKEN_LIFETIME)) {
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
