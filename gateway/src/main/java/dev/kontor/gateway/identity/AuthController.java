package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.PreferHeader;
import dev.kontor.gateway.platform.TakesKey;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.IdentityCommandsGrpc.IdentityCommandsBlockingStub;
import dev.kontor.proto.identity.SignOutRequest;
import io.grpc.Channel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/auth")
@Tag(name = "auth", description = "Sign-up, sign-in, tokens and sessions")
class AuthController {

    private final AuthOperations auth;
    private final IdentityCommandsBlockingStub identity;
    private final RevocationWait revoking;

    AuthController(AuthOperations auth, @CommandSideChannel Channel commandSide, RevocationWait revoking) {
        this.auth = auth;
        this.identity = IdentityCommandsGrpc.newBlockingStub(commandSide);
        this.revoking = revoking;
    }

    @PostMapping("/signup")
    @TakesKey(TakesKey.Use.WITH_COMMAND_BY_EMAIL)
    @Operation(operationId = "signUp", summary = "Create a customer account")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = SignedUp.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> signUp(
            @RequestBody SignUpJson signUp, @RequestHeader(name = "Prefer", required = false) String prefer) {
        return auth.signUp(signUp, PreferHeader.of(prefer));
    }

    @PostMapping("/signin")
    @TakesKey(TakesKey.Use.NEVER)
    @Operation(operationId = "signIn", summary = "Get an access token, and a refresh token for the next one")
    ResponseEntity<TokensJson> signIn(
            @RequestBody SignInJson signIn,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.USER_AGENT, required = false) String device) {
        return tokens(auth.signIn(signIn, device));
    }

    @PostMapping("/refresh")
    @TakesKey(TakesKey.Use.NEVER)
    @Operation(
            operationId = "refreshTokens",
            summary = "Get the next access and refresh token",
            description = "A refresh token can be used once. A second use ends its session.")
    ResponseEntity<TokensJson> refresh(@RequestBody(required = false) RefreshTokenJson token) {
        return tokens(auth.refresh(token));
    }

    @PostMapping("/signout")
    @TakesKey(TakesKey.Use.NEVER)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "signOut",
            summary = "End a session",
            description =
                    "Ends the session of the request's access token, if that is valid, else the session of the refresh"
                            + " token in the body.")
    void signOut(
            @RequestBody(required = false) RefreshTokenJson token,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        String refreshToken = RefreshTokenJson.in(token);
        if (refreshToken.isEmpty()) {
            Caller.required();
        }
        revoking.isShown(
                identity.signOut(SignOutRequest.newBuilder()
                        .setRefreshToken(refreshToken)
                        .build()),
                PreferHeader.of(prefer));
    }

    private static ResponseEntity<TokensJson> tokens(TokensJson tokens) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(tokens);
    }
}
