package dev.kontor.gateway.identity;

import dev.kontor.gateway.operations.CommandSide;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.IdentityCommandsGrpc.IdentityCommandsBlockingStub;
import dev.kontor.proto.identity.ListSigningKeysRequest;
import io.grpc.Channel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "auth")
class JwksController {

    private final IdentityCommandsBlockingStub authority;

    JwksController(@CommandSide Channel commandSide) {
        this.authority = IdentityCommandsGrpc.newBlockingStub(commandSide);
    }

    @GetMapping("/.well-known/jwks.json")
    @Operation(summary = "The public keys that access tokens are signed with (RFC 7517)")
    Jwks keys() {
        return Jwks.of(authority.listSigningKeys(ListSigningKeysRequest.getDefaultInstance()));
    }
}
