package dev.kontor.api.identity;

import dev.kontor.api.platform.DescribedAs;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** Events of the keys that sign access tokens. They contain public parts only. */
public sealed interface SigningKeyEvent {

    String kid();

    @Revision("1")
    @DescribedAs(
            "A key was published. It signs from `activeFrom` on, in place of the one before. `kid` is its RFC 7638 "
                    + "thumbprint, `publicKey` its X.509 SubjectPublicKeyInfo in Base64.")
    record SigningKeyAdded(String kid, String publicKey, Instant activeFrom) implements SigningKeyEvent {}

    @Revision("1")
    @DescribedAs("A key was revoked, and with it all tokens that it signed.")
    record SigningKeyRevoked(String kid) implements SigningKeyEvent {}
}
