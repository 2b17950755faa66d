package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.PreferHeader;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.gateway.platform.WrittenVersion;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.proto.Written;
import dev.kontor.proto.customer.AwaitCustomerRequest;
import dev.kontor.proto.customer.AwaitCustomerResponse;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.customer.CustomerQueriesGrpc.CustomerQueriesBlockingStub;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.IdentityCommandsGrpc.IdentityCommandsBlockingStub;
import dev.kontor.proto.identity.RefreshRequest;
import dev.kontor.proto.identity.SignOutRequest;
import dev.kontor.proto.identity.Tokens;
import io.grpc.Channel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
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

    private static final String SELF = "/api/v1/customers/me";

    private final IdentityCommandsBlockingStub identity;
    private final CustomerQueriesBlockingStub customers;
    private final RevocationWait revoking;

    AuthController(
            @CommandSideChannel Channel commandSide, @QuerySideChannel Channel querySide, RevocationWait revoking) {
        this.identity = IdentityCommandsGrpc.newBlockingStub(commandSide);
        this.customers = CustomerQueriesGrpc.newBlockingStub(querySide);
        this.revoking = revoking;
    }

    @PostMapping("/signup")
    @Operation(operationId = "signUp", summary = "Create a customer account")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = SignedUp.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> signUp(
            @RequestBody SignUpJson signUp, @RequestHeader(name = "Prefer", required = false) String prefer) {
        Written written = identity.signUp(signUp.toProto());
        AwaitCustomerRequest visible = AwaitCustomerRequest.newBuilder()
                .setCustomerId(written.getId())
                .setFreshness(WrittenVersion.of(written))
                .build();
        return WrittenVersion.await(
                        PreferHeader.of(prefer),
                        () -> customers.awaitCustomer(visible),
                        AwaitCustomerResponse::getFresh)
                .<ResponseEntity<Object>>map(
                        shown -> ResponseEntity.created(URI.create(SELF)).body(SignedUp.of(written.getId(), signUp)))
                .orElseGet(() -> Accepted.at(SELF, written));
    }

    @PostMapping("/signin")
    @Operation(operationId = "signIn", summary = "Get an access token, and a refresh token for the next one")
    ResponseEntity<TokensJson> signIn(
            @RequestBody SignInJson signIn,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.USER_AGENT, required = false) String device) {
        return tokens(identity.signIn(signIn.toProto(device)));
    }

    @PostMapping("/refresh")
    @Operation(
            operationId = "refreshTokens",
            summary = "Get the next access and refresh token",
            description = "A refresh token can be used once. A second use ends its session.")
    ResponseEntity<TokensJson> refresh(@RequestBody(required = false) RefreshTokenJson token) {
        return tokens(identity.refresh(RefreshRequest.newBuilder()
                .setRefreshToken(RefreshTokenJson.neededIn(token))
                .build()));
    }

    @PostMapping("/signout")
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

    private static ResponseEntity<TokensJson> tokens(Tokens tokens) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(TokensJson.of(tokens));
    }
}
