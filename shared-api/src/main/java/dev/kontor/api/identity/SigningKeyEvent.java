package dev.kontor.api.identity;

import dev.kontor.api.platform.DescribedAs;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** What happened to the keys that access tokens are signed with. Only what is public stands here. */
public sealed interface SigningKeyEvent {

    String kid();

    @Revision("1")
    @DescribedAs("A key is published, and signs from `activeFrom` on in place of the one before. `kid` is its RFC 7638 "
            + "thumbprint, `publicKey` its X.509 SubjectPublicKeyInfo in Base64.")
    record SigningKeyAdded(String kid, String publicKey, Instant activeFrom) implements SigningKeyEvent {}

    @Revision("1")
    @DescribedAs("Nothing that this key has signed is good any more.")
    record SigningKeyRevoked(String kid) implements SigningKeyEvent {}
}
