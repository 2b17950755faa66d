package dev.kontor.gateway.identity;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.identity.AwaitRevocationRequest;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.ListSigningKeysRequest;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.RevokeSigningKeyRequest;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.proto.identity.TokenVerificationGrpc;
import dev.kontor.testsupport.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SigningKeyTest extends GatewayTest {

    private static final String PATH = "/api/v1/admin/signing-keys";
    private static final SigningKey NEXT = SigningKey.newBuilder()
            .setKid("a-thumbprint")
            .setAlgorithm("RS256")
            .setState(SigningKey.State.NEXT)
            .setActiveFromMillis(1_772_366_410_000L)
            .build();
    private static final String NEXT_JSON = "{\"kid\":\"a-thumbprint\",\"algorithm\":\"RS256\",\"state\":\"NEXT\","
            + "\"activeFrom\":\"2026-03-01T12:00:10Z\"}";

    @Test
    void an_admin_lists_all_keys_present_and_past() {
        List<ListSigningKeysRequest> asked = new ArrayList<>();
        sides.on(IdentityCommandsGrpc.getListSigningKeysMethod(), q -> {
            asked.add(q);
            return q.getAll() ? SigningKeys.newBuilder().addKeys(NEXT).build() : authority.published();
        });

        Answer answer = sendAs(ADMIN, "GET", PATH).hasStatus(200);

        assertThat(answer.json().at("/items").toString()).isEqualTo("[" + NEXT_JSON + "]");
        assertThat(asked).anyMatch(ListSigningKeysRequest::getAll);
    }

    @Test
    void an_admin_creates_a_new_key() {
        sides.on(IdentityCommandsGrpc.getRotateSigningKeyMethod(), q -> NEXT);

        assertThat(sendAs(ADMIN, "POST", PATH).hasStatus(201).body()).isEqualTo(NEXT_JSON);
    }

    @Test
    void an_admin_revokes_a_key() {
        sides.on(
                IdentityCommandsGrpc.getRevokeSigningKeyMethod(),
                q -> Revoked.newBuilder()
                        .addRevocations(Revocation.newBuilder().setKid(q.getKid()))
                        .build());

        Answer answer = sendAs(ADMIN, "DELETE", PATH + "/a-thumbprint").hasStatus(204);

        assertThat(answer.body()).isEmpty();
        assertThat(sides.received(TokenVerificationGrpc.getAwaitRevocationMethod())
                        .request())
                .as("the answer waits until the sides refuse the tokens of the key")
                .isEqualTo(AwaitRevocationRequest.newBuilder()
                        .setRevoked(Revoked.newBuilder()
                                .addRevocations(Revocation.newBuilder().setKid("a-thumbprint")))
                        .build());
        assertThat(sides.received(IdentityCommandsGrpc.getRevokeSigningKeyMethod())
                        .request())
                .isEqualTo(RevokeSigningKeyRequest.newBuilder()
                        .setKid("a-thumbprint")
                        .build());
    }

    @Test
    void an_unknown_key_is_not_found() {
        sides.on(IdentityCommandsGrpc.getRevokeSigningKeyMethod(), q -> {
            throw new RefusedException(Problem.SIGNING_KEY_NOT_FOUND, Problem.SIGNING_KEY_NOT_FOUND.title());
        });

        sendAs(ADMIN, "DELETE", PATH + "/nothing").satisfies(problem(Problem.SIGNING_KEY_NOT_FOUND));
    }
}
