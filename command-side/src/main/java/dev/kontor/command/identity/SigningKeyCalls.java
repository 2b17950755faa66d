package dev.kontor.command.identity;

import dev.kontor.api.identity.SigningKeyList;
import dev.kontor.command.request.Effects;
import dev.kontor.command.request.Effects.Effect;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.PageRequest;
import dev.kontor.proto.identity.ListSigningKeysRequest;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.RevokeSigningKeyRequest;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.RotateSigningKeyRequest;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.side.identity.SigningKeyProtos;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** The calls of the gRPC API about signing keys. */
@Component
class SigningKeyCalls {

    private static final int STANDARD_PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private final Effects effects;
    private final TokenIssuer authority;
    private final KeyRotation rotation;
    private final Clock clock;

    SigningKeyCalls(Effects effects, TokenIssuer authority, KeyRotation rotation, Clock clock) {
        this.effects = effects;
        this.authority = authority;
        this.rotation = rotation;
        this.clock = clock;
    }

    void list(ListSigningKeysRequest request, StreamObserver<SigningKeys> answer) {
        if (request.getAll() && !Caller.required().isAdmin()) {
            throw new RefusedException(Problem.FORBIDDEN, "Only admins may do this");
        }
        SigningKeyList list = authority.list();
        Instant now = clock.instant();
        answer.onNext(
                request.getAll()
                        ? page(SigningKeyProtos.all(list, now), request.getPage())
                        : SigningKeyProtos.counting(list, now));
        answer.onCompleted();
    }

    /** A page token is the last key of the page before: keys are only added, and keep their order. */
    private static SigningKeys page(SigningKeys all, PageRequest page) {
        if (page.getSize() < 0 || page.getSize() > LARGEST_PAGE) {
            throw RefusedException.invalid("pageSize", "must be 1 to " + LARGEST_PAGE);
        }
        List<SigningKey> keys = all.getKeysList();
        int from = page.getToken().isEmpty() ? 0 : after(keys, page.getToken());
        int to = Math.min(keys.size(), from + (page.getSize() == 0 ? STANDARD_PAGE : page.getSize()));
        return SigningKeys.newBuilder()
                .addAllKeys(keys.subList(from, to))
                .setNextPageToken(to < keys.size() ? keys.get(to - 1).getKid() : "")
                .build();
    }

    private static int after(List<SigningKey> keys, String kid) {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).getKid().equals(kid)) {
                return i + 1;
            }
        }
        throw RefusedException.invalid("pageToken", "does not belong to this list");
    }

    void rotate(RotateSigningKeyRequest request, StreamObserver<SigningKey> answer) {
        Effect<Void> rotated = effects.once(Void.class, sender -> new Effect<>(rotation.rotate(sender), null));
        // Another process may have made the key of an earlier call.
        authority.refresh();
        SigningKeyList list = authority.list();
        answer.onNext(SigningKeyProtos.of(list, list.find(rotated.subject()).orElseThrow(), clock.instant()));
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
