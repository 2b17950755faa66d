package dev.kontor.command.platform;

import dev.kontor.api.identity.SessionId;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.TokensVoid;
import java.util.Optional;

/** Builds the part of an answer that lists the revocations of the call. */
public final class RevocationReport {

    private RevocationReport() {}

    /** @param ended empty if no session was ended */
    public static Revoked session(Optional<SessionId> ended) {
        Revoked.Builder revoked = Revoked.newBuilder();
        ended.ifPresent(
                session -> revoked.addRevocations(Revocation.newBuilder().setSessionId(session.value())));
        return revoked.build();
    }

    /** @param below 0 if none were revoked */
    public static Revoked tokensBelow(CustomerId customerId, long below) {
        if (below == 0) {
            return Revoked.getDefaultInstance();
        }
        TokensVoid tokens = TokensVoid.newBuilder()
                .setCustomerId(customerId.value())
                .setBelowVersion(below)
                .build();
        return Revoked.newBuilder()
                .addRevocations(Revocation.newBuilder().setTokens(tokens))
                .build();
    }
}
