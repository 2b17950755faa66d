package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.Page;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.IdentityCommandsGrpc.IdentityCommandsBlockingStub;
import dev.kontor.proto.identity.ListSigningKeysRequest;
import dev.kontor.proto.identity.RevokeSigningKeyRequest;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.RotateSigningKeyRequest;
import dev.kontor.proto.identity.SigningKeys;
import io.grpc.Channel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin/signing-keys")
@Tag(name = "operations", description = "For admins: the log, the views and their rebuilds")
class SigningKeyController {

    private final IdentityCommandsBlockingStub authority;
    private final RevocationWait revoking;

    SigningKeyController(@CommandSideChannel Channel commandSide, RevocationWait revoking) {
        this.authority = IdentityCommandsGrpc.newBlockingStub(commandSide);
        this.revoking = revoking;
    }

    @GetMapping
    @Operation(
            operationId = "listSigningKeys",
            summary = "List all signing keys of access tokens, present and past, the oldest first")
    Page<SigningKeyJson> list(
            @RequestParam(required = false) Integer pageSize, @RequestParam(required = false) String pageToken) {
        SigningKeys found = authority.listSigningKeys(ListSigningKeysRequest.newBuilder()
                .setAll(true)
                .setPage(Page.request(pageSize, pageToken))
                .build());
        return Page.of(found.getKeysList(), SigningKeyJson::of, found.getNextPageToken());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "rotateSigningKey",
            summary = "Create a new signing key",
            description = "It is published at once and signs a little later. Tokens of the old key stay valid.")
    SigningKeyJson rotate() {
        return SigningKeyJson.of(authority.rotateSigningKey(RotateSigningKeyRequest.getDefaultInstance()));
    }

    @DeleteMapping("/{kid}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "revokeSigningKey",
            summary = "Revoke a signing key that may be known to others",
            description =
                    "All tokens that it signed are refused at once; their owners have to refresh or sign in again. "
                            + "If it was the active key, a new one replaces it.")
    void revoke(@Parameter(description = "RFC 7638 thumbprint") @PathVariable String kid) {
        Revoked revoked = authority.revokeSigningKey(
                RevokeSigningKeyRequest.newBuilder().setKid(kid).build());
        revoking.awaitAtSides(revoked);
    }
}
