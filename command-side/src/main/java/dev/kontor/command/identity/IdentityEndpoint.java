package dev.kontor.command.identity;

import dev.kontor.api.Text;
import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.EmailAddress;
import dev.kontor.proto.Written;
import dev.kontor.proto.identity.IdentityCommandsGrpc.IdentityCommandsImplBase;
import dev.kontor.proto.identity.ListSigningKeysRequest;
import dev.kontor.proto.identity.RevokeSigningKeyRequest;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.RotateSigningKeyRequest;
import dev.kontor.proto.identity.SignInRequest;
import dev.kontor.proto.identity.SignUpRequest;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.proto.identity.Tokens;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import dev.kontor.wire.operations.Violations;
import io.grpc.stub.StreamObserver;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class IdentityEndpoint extends IdentityCommandsImplBase {

    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_PASSWORD = 200;

    private final Accounts accounts;
    private final Authority authority;
    private final SigningKeyCalls signingKeys;

    IdentityEndpoint(Accounts accounts, Authority authority, SigningKeyCalls signingKeys) {
        this.accounts = accounts;
        this.authority = authority;
        this.signingKeys = signingKeys;
    }

    @Override
    public void signUp(SignUpRequest request, StreamObserver<Written> answer) {
        Violations violations = new Violations();
        EmailAddress email = violations.at("email", () -> new EmailAddress(request.getEmail()));
        String name = violations.at("name", () -> Text.check(request.getName(), 1, 100));
        int length = request.getPassword().length();
        if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
            violations.add("password", "must have %d to %d characters".formatted(SHORTEST_PASSWORD, LONGEST_PASSWORD));
        }
        violations.refuseIfAny();
        CustomerId customerId = accounts.open(email, request.getPassword(), name, Role.CUSTOMER);
        answer.onNext(Written.newBuilder().setId(customerId.value()).build());
        answer.onCompleted();
    }

    @Override
    public void signIn(SignInRequest request, StreamObserver<Tokens> answer) {
        Accounts.Proved proved = accounts.prove(emailOf(request), request.getPassword());
        String token = authority.issue(proved.customerId(), proved.role(), proved.verifierVersion());
        answer.onNext(Tokens.newBuilder()
                .setAccessToken(token)
                .setExpiresInSeconds(Authority.ACCESS_TOKEN_LIFETIME.toSeconds())
                .build());
        answer.onCompleted();
    }

    /** What is no e-mail belongs to nobody; whoever asks learns no more than of any other that is unknown. */
    private static EmailAddress emailOf(SignInRequest request) {
        try {
            return new EmailAddress(request.getEmail());
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_CREDENTIALS, Problem.BAD_CREDENTIALS.title());
        }
    }

    @Override
    public void listSigningKeys(ListSigningKeysRequest request, StreamObserver<SigningKeys> answer) {
        signingKeys.list(request, answer);
    }

    @Override
    public void rotateSigningKey(RotateSigningKeyRequest request, StreamObserver<SigningKey> answer) {
        signingKeys.rotate(request, answer);
    }

    @Override
    public void revokeSigningKey(RevokeSigningKeyRequest request, StreamObserver<Revoked> answer) {
        signingKeys.revoke(request, answer);
    }
}
