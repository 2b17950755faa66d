package dev.kontor.grpc.identity;

import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.TokensVoid;
import dev.kontor.testsupport.TokenForge;
import java.util.List;

/** The kinds of revocations, each with a token that it revokes. */
final class Revocable {

    private Revocable() {}

    static Caller caller(String customer, String session, long version) {
        return new Caller(customer, "CUSTOMER", session, version, TokenForge.NOW.plusSeconds(900), "token");
    }

    static Caller ofSession(String session) {
        return caller("customer-1", session, 1);
    }

    static Revocation session(String id) {
        return Revocation.newBuilder().setSessionId(id).build();
    }

    static Revocation tokensBelow(long version, String customer) {
        return Revocation.newBuilder()
                .setTokens(TokensVoid.newBuilder().setCustomerId(customer).setBelowVersion(version))
                .build();
    }

    static Revocation key(String kid) {
        return Revocation.newBuilder().setKid(kid).build();
    }

    static Revoked all(Revocation... revocations) {
        return Revoked.newBuilder().addAllRevocations(List.of(revocations)).build();
    }
}
