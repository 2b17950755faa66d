package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.PreferHeader;
import dev.kontor.gateway.platform.TakesKey;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.IdentityCommandsGrpc.IdentityCommandsBlockingStub;
import io.grpc.Channel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/customers/me/password")
@Tag(name = "auth")
class PasswordController {

    private final IdentityCommandsBlockingStub identity;
    private final RevocationWait revoking;

    PasswordController(@CommandSideChannel Channel commandSide, RevocationWait revoking) {
        this.identity = IdentityCommandsGrpc.newBlockingStub(commandSide);
        this.revoking = revoking;
    }

    @PostMapping
    @TakesKey(TakesKey.Use.NEVER)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "changePassword",
            summary = "Change one's own password",
            description = "Ends all sessions, including the caller's.")
    void change(@RequestBody PasswordChange change, @RequestHeader(name = "Prefer", required = false) String prefer) {
        revoking.isShown(identity.changePassword(change.toProto()), PreferHeader.of(prefer));
    }
}
