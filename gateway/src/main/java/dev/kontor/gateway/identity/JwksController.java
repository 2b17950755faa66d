package dev.kontor.gateway.identity;

import dev.kontor.gateway.operations.CommandSide;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.IdentityCommandsGrpc.IdentityCommandsBlockingStub;
import dev.kontor.proto.identity.ListSigningKeysRequest;
import io.grpc.Channel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "auth")
class JwksController {

    /** Short, for a key that was revoked. A new one is known in time: where a key id is not known, one asks again. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(60);

    private final IdentityCommandsBlockingStub authority;

    JwksController(@CommandSide Channel commandSide) {
        this.authority = IdentityCommandsGrpc.newBlockingStub(commandSide);
    }

    @GetMapping("/.well-known/jwks.json")
    @Operation(summary = "The public keys that access tokens are signed with (RFC 7517)")
    ResponseEntity<Jwks> keys() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(GOOD_FOR).cachePublic())
                .body(Jwks.of(authority.listSigningKeys(ListSigningKeysRequest.getDefaultInstance())));
    }
}
