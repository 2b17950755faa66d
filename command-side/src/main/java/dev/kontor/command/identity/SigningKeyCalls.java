package dev.kontor.command.identity;

import dev.kontor.api.identity.SigningKeyList;
import dev.kontor.proto.identity.ListSigningKeysRequest;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.RevokeSigningKeyRequest;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.RotateSigningKeyRequest;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.side.identity.SigningKeyProtos;
import dev.kontor.wire.identity.Caller;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** The calls of the contract that are about signing keys. */
@Component
class SigningKeyCalls {

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
        answer.onNext(request.getAll() ? SigningKeyProtos.all(list, now) : SigningKeyProtos.counting(list, now));
        answer.onCompleted();
    }

    void rotate(RotateSigningKeyRequest request, StreamObserver<SigningKey> answer) {
        SigningKeyList list = rotation.rotate();
        answer.onNext(SigningKeyProtos.of(list, list.keys().getLast(), clock.instant()));
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
}
