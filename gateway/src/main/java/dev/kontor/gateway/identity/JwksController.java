package dev.kontor.gateway.identity;

import dev.kontor.gateway.operations.CommandSide;
import dev.kontor.gateway.operations.QuerySide;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.IdentityCommandsGrpc.IdentityCommandsBlockingStub;
import dev.kontor.proto.identity.ListKeysRequest;
import dev.kontor.proto.identity.ListSigningKeysRequest;
import dev.kontor.proto.identity.RevocationFeedGrpc;
import dev.kontor.proto.identity.RevocationFeedGrpc.RevocationFeedBlockingStub;
import dev.kontor.proto.identity.SigningKeys;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "auth")
class JwksController {

    /** Short, for a key that was revoked. A new one is known in time: where a key id is not known, one asks again. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(60);

    private static final Duration UNTIL_ANOTHER_IS_ASKED = Duration.ofSeconds(3);

    private final IdentityCommandsBlockingStub authority;
    private final RevocationFeedBlockingStub reader;

    JwksController(@CommandSide Channel commandSide, @QuerySide Channel querySide) {
        this.authority = IdentityCommandsGrpc.newBlockingStub(commandSide);
        this.reader = RevocationFeedGrpc.newBlockingStub(querySide);
    }

    @GetMapping("/.well-known/jwks.json")
    @Operation(operationId = "getPublicKeys", summary = "The public keys that access tokens are signed with (RFC 7517)")
    ResponseEntity<Jwks> keys() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(GOOD_FOR).cachePublic())
                .body(Jwks.of(published()));
    }

    /** Of the Authority, and while it is away of who reads in the log what it has published. */
    private SigningKeys published() {
        try {
            return authority
                    .withDeadlineAfter(UNTIL_ANOTHER_IS_ASKED.toMillis(), TimeUnit.MILLISECONDS)
                    .listSigningKeys(ListSigningKeysRequest.getDefaultInstance());
        } catch (StatusRuntimeException away) {
            try {
                return reader.listKeys(ListKeysRequest.getDefaultInstance());
            } catch (StatusRuntimeException both) {
                away.addSuppressed(both);
                throw away;
            }
        }
    }
}
