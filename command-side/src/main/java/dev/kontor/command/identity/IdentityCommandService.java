package dev.kontor.command.identity;

import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.CredentialsCommand.UnlockCredentials;
import dev.kontor.api.identity.EmailAddress;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.AttemptLimits;
import dev.kontor.command.platform.Callers;
import dev.kontor.command.platform.Requests;
import dev.kontor.command.platform.RevocationReport;
import dev.kontor.command.request.Effects;
import dev.kontor.command.request.Effects.Effect;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.Violations;
import dev.kontor.proto.Written;
import dev.kontor.proto.identity.ChangePasswordRequest;
import dev.kontor.proto.identity.EndSessionRequest;
import dev.kontor.proto.identity.IdentityCommandsGrpc.IdentityCommandsImplBase;
import dev.kontor.proto.identity.ListSigningKeysRequest;
import dev.kontor.proto.identity.RefreshRequest;
import dev.kontor.proto.identity.RevokeSigningKeyRequest;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.RotateSigningKeyRequest;
import dev.kontor.proto.identity.SignInRequest;
import dev.kontor.proto.identity.SignOutEverywhereRequest;
import dev.kontor.proto.identity.SignOutRequest;
import dev.kontor.proto.identity.SignUpRequest;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.proto.identity.Tokens;
import dev.kontor.proto.identity.UnlockRequest;
import dev.kontor.proto.identity.Unlocked;
import dev.kontor.text.Text;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class IdentityCommandService extends IdentityCommandsImplBase {

    private final Effects effects;
    private final Accounts accounts;
    private final Passwords passwords;
    private final SessionService sessions;
    private final SigningKeyCalls signingKeys;
    private final AttemptLimits tries;

    IdentityCommandService(
            Effects effects,
            Accounts accounts,
            Passwords passwords,
            SessionService sessions,
            SigningKeyCalls signingKeys,
            AttemptLimits tries) {
        this.effects = effects;
        this.accounts = accounts;
        this.passwords = passwords;
        this.sessions = sessions;
        this.signingKeys = signingKeys;
        this.tries = tries;
    }

    @Override
    public void signUp(SignUpRequest request, StreamObserver<Written> answer) {
        Violations violations = new Violations();
        EmailAddress email = violations.at("email", () -> EmailAddress.ofNew(request.getEmail()));
        String name = violations.at("name", () -> Text.line(request.getName(), 1, 100));
        Passwords.check("password", request.getPassword(), violations);
        violations.refuseIfAny();
        Effect<Void> signedUp = effects.onceFor(email, Void.class, sender -> {
            tries.signUp();
            CustomerId customerId = accounts.open(email, request.getPassword(), name, Role.CUSTOMER, sender);
            return new Effect<>(customerId.value(), null);
        });
        Requests.answer(answer, signedUp.subject(), 0);
    }

    @Override
    public void signIn(SignInRequest request, StreamObserver<Tokens> answer) {
        answer.onNext(sessions.open(
                request.getEmail(), request.getPassword(), request.getDevice(), request.getDeviceToken()));
        answer.onCompleted();
    }

    @Override
    public void refresh(RefreshRequest request, StreamObserver<Tokens> answer) {
        answer.onNext(sessions.refresh(request.getRefreshToken()));
        answer.onCompleted();
    }

    @Override
    public void signOut(SignOutRequest request, StreamObserver<Revoked> answer) {
        Optional<SessionId> ended =
                Caller.current().map(this::endSessionOf).orElseGet(() -> sessions.endBy(request.getRefreshToken()));
        answer(answer, RevocationReport.session(ended));
    }

    /** The operator's token belongs to no session. */
    private Optional<SessionId> endSessionOf(Caller caller) {
        return caller.customerId().equals(TokenIssuer.OPERATOR)
                ? Optional.empty()
                : end(caller.sessionId(), new CustomerId(caller.customerId()));
    }

    @Override
    public void endSession(EndSessionRequest request, StreamObserver<Revoked> answer) {
        answer(answer, RevocationReport.session(end(request.getSessionId(), customerOf(request.getCustomerId()))));
    }

    private Optional<SessionId> end(String session, CustomerId owner) {
        SessionId sessionId = Requests.idOf(session, SessionId::new, Problem.SESSION_NOT_FOUND);
        return Requests.orNotFound(Problem.SESSION_NOT_FOUND, () -> sessions.end(sessionId, owner));
    }

    @Override
    public void signOutEverywhere(SignOutEverywhereRequest request, StreamObserver<Revoked> answer) {
        CustomerId customerId = customerOf(request.getCustomerId());
        long below = Requests.orNotFound(Problem.CUSTOMER_NOT_FOUND, () -> sessions.endAll(customerId));
        answer(answer, RevocationReport.tokensBelow(customerId, below));
    }

    @Override
    public void unlock(UnlockRequest request, StreamObserver<Unlocked> answer) {
        CustomerId customerId = Requests.idOf(request.getCustomerId(), CustomerId::new, Problem.CUSTOMER_NOT_FOUND);
        Requests.orNotFound(Problem.CUSTOMER_NOT_FOUND, () -> {
            effects.once(Void.class, sender -> {
                sender.send(customerId, new UnlockCredentials(customerId));
                return new Effect<>(customerId.value(), null);
            });
            return customerId;
        });
        answer.onNext(Unlocked.getDefaultInstance());
        answer.onCompleted();
    }

    @Override
    public void changePassword(ChangePasswordRequest request, StreamObserver<Revoked> answer) {
        CustomerId customerId = customerOf("");
        long below = Requests.orNotFound(
                Problem.CUSTOMER_NOT_FOUND,
                () -> passwords.change(
                        customerId,
                        Caller.required().sessionId(),
                        request.getCurrentPassword(),
                        request.getNewPassword()));
        answer(answer, RevocationReport.tokensBelow(customerId, below));
    }

    /** The caller if the request names no customer; the operator is not a customer. */
    private static CustomerId customerOf(String named) {
        return Requests.idOf(named, Callers::orNamed, Problem.CUSTOMER_NOT_FOUND);
    }

    private static void answer(StreamObserver<Revoked> observer, Revoked revoked) {
        observer.onNext(revoked);
        observer.onCompleted();
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
