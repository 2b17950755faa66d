package dev.kontor.gateway.identity;

import dev.kontor.grpc.identity.RemoteKeys;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "auth")
class JwksController {

    /** Short, because a key can be revoked. A client that finds an unknown key id reads the set again. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(60);

    private final RemoteKeys keys;

    JwksController(@Qualifier("gatewayKeys") RemoteKeys keys) {
        this.keys = keys;
    }

    @GetMapping("/.well-known/jwks.json")
    @Operation(operationId = "getPublicKeys", summary = "The public keys that verify access tokens (RFC 7517)")
    ResponseEntity<Jwks> keys() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(GOOD_FOR).cachePublic())
                .body(Jwks.of(keys.published()));
    }
}
