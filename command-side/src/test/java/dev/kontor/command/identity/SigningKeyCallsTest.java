package dev.kontor.command.identity;

import static dev.kontor.testsupport.GrpcCalls.answerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.command.request.Effects;
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
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyCallsTest {

    @TempDir
    private Path folder;

    private SigningKeySetup setup;
    private SigningKeySetup.Process process;
    private SigningKeyCalls calls;

    @BeforeEach
    void open() {
        setup = new SigningKeySetup(folder);
        process = setup.start();
        calls = new SigningKeyCalls(
                new Effects(setup.commands(), null), process.authority(), process.rotation(), setup.clock);
    }

    @AfterEach
    void close() {
        setup.close();
    }

    private SigningKeys list(boolean all) {
        return answerOf(answer ->
                calls.list(ListSigningKeysRequest.newBuilder().setAll(all).build(), answer));
    }

    private SigningKeys listAllAs(String role) throws Exception {
        Caller caller = new Caller("someone", role, "session", 1, Instant.MAX, "token");
        return caller.in(Context.ROOT).call(() -> list(true));
    }

    @Test
    void admins_get_them_page_by_page() throws Exception {
        for (int i = 0; i < 4; i++) {
            answerOf((StreamObserver<SigningKey> answer) ->
                    calls.rotate(RotateSigningKeyRequest.getDefaultInstance(), answer));
        }
        Caller admin = new Caller("someone", "ADMIN", "session", 1, Instant.MAX, "token");
        List<SigningKey> paged = new ArrayList<>();
        String token = "";
        do {
            PageRequest page =
                    PageRequest.newBuilder().setSize(2).setToken(token).build();
            SigningKeys keys = admin.in(Context.ROOT)
                    .call(() -> answerOf(answer -> calls.list(
                            ListSigningKeysRequest.newBuilder()
                                    .setAll(true)
                                    .setPage(page)
                                    .build(),
                            answer)));
            assertThat(keys.getKeysCount()).isLessThanOrEqualTo(2);
            paged.addAll(keys.getKeysList());
            token = keys.getNextPageToken();
        } while (!token.isEmpty());

        assertThat(paged).isEqualTo(listAllAs("ADMIN").getKeysList()).hasSizeGreaterThan(3);
    }

    @Test
    void every_caller_gets_the_valid_keys_and_admins_get_all() throws Exception {
        String first = process.authority().list().newest();
        answerOf((StreamObserver<SigningKey> answer) ->
                calls.rotate(RotateSigningKeyRequest.getDefaultInstance(), answer));
        process.rotation().revoke(first);

        assertThat(list(false).getKeysList())
                .extracting(SigningKey::getState)
                .containsExactly(SigningKey.State.NEXT, SigningKey.State.ACTIVE);
        assertThat(listAllAs("ADMIN").getKeysList())
                .extracting(SigningKey::getState)
                .containsExactly(SigningKey.State.REVOKED, SigningKey.State.NEXT, SigningKey.State.ACTIVE);
    }

    @Test
    void only_admins_get_keys_that_are_no_longer_valid() {
        assertThat(catchThrowableOfType(RefusedException.class, () -> listAllAs("CUSTOMER"))
                        .problem())
                .isEqualTo(Problem.FORBIDDEN);
        assertThat(catchThrowableOfType(RefusedException.class, () -> list(true))
                        .problem())
                .isEqualTo(Problem.UNAUTHENTICATED);
    }

    @Test
    void a_revocation_reports_what_it_revoked_and_a_second_one_reports_nothing() {
        String kid = process.authority().list().newest();
        RevokeSigningKeyRequest request =
                RevokeSigningKeyRequest.newBuilder().setKid(kid).build();

        Revoked first = answerOf(answer -> calls.revoke(request, answer));
        Revoked second = answerOf(answer -> calls.revoke(request, answer));

        assertThat(first.getRevocationsList())
                .containsExactly(Revocation.newBuilder().setKid(kid).build());
        assertThat(second.getRevocationsList()).isEmpty();
    }
}
