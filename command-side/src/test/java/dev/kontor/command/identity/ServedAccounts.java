package dev.kontor.command.identity;

import static dev.kontor.testsupport.GrpcCalls.answerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.api.customer.MemoryKeyRing;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.EmailAddress;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.customer.EmailHash;
import dev.kontor.command.customer.LostEmails;
import dev.kontor.command.platform.AttemptLimits;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.request.Effects;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.identity.ClientNetwork;
import dev.kontor.grpc.identity.Revocations;
import dev.kontor.grpc.identity.TokenVerifier;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.Rate;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.identity.RefreshRequest;
import dev.kontor.proto.identity.SignInRequest;
import dev.kontor.proto.identity.Tokens;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The gRPC services of accounts with a real event store and a fast hash. Calls are made by a verified caller. */
public final class ServedAccounts implements AutoCloseable {

    public static final String PASSWORD = "correct horse";

    private static final byte[] MASTER_KEY = new byte[32];

    private final LoggedAccounts logged;
    private final MemoryKeyRing keyRing = new MemoryKeyRing();
    private final PersonalData personalData = new PersonalData(keyRing, MASTER_KEY);
    private final EmailHash emailHash = new EmailHash(keyRing, MASTER_KEY);
    private final CountingEncoder encoder = new CountingEncoder();
    private final PasswordHashing hashing = new PasswordHashing(encoder, encoder.encode("none"), 1, 200);
    private final TokenMac mac = new TokenMac(keyRing, MASTER_KEY);
    private final ManualTime time = new ManualTime();
    private final AttemptLimits tries =
            new AttemptLimits(Rate.of("3000/1m"), Rate.of("10/15m"), Rate.of("100/1h"), Rate.of("20/1m"), time);
    private final TokenIssuer authority;
    private final TokenVerifier verifier;
    private final Accounts accounts;
    private final IdentityCommandService identity;

    public ServedAccounts(Path folder) {
        emailHash.prepare();
        mac.prepare();
        logged = new LoggedAccounts(folder);
        Commands commands = logged.commands();
        Clock clock = logged.clock();
        PrivateSigningKeys chest = new PrivateSigningKeys(keyRing, MASTER_KEY);
        authority = new TokenIssuer(commands, chest, clock, event -> {});
        KeyRotation rotation =
                new KeyRotation(commands, authority, chest, clock, Duration.ofSeconds(10), Duration.ofDays(365));
        rotation.start();
        verifier = new TokenVerifier(authority, Revocations.NONE, clock);
        accounts = new Accounts(commands, emailHash, hashing, personalData);
        Passwords passwords = new Passwords(commands, hashing, personalData, tries);
        SessionService sessions =
                new SessionService(commands, accounts, passwords, personalData, authority, mac, tries);
        Effects effects = new Effects(commands, emailHash);
        identity = new IdentityCommandService(
                effects,
                accounts,
                passwords,
                sessions,
                new SigningKeyCalls(effects, authority, rotation, clock),
                tries);
        encoder.costs();
        logged.written();
    }

    /** A call of a gRPC service. */
    @FunctionalInterface
    public interface Call<T> extends Consumer<StreamObserver<T>> {}

    public <T> T withoutToken(Call<T> call) {
        return answerOf(Context.ROOT, call);
    }

    /** Calls with this access token. */
    public <T> T as(String accessToken, Call<T> call) {
        return answerOf(verifier.verify(accessToken).in(Context.ROOT), call);
    }

    public <T> T as(Tokens tokens, Call<T> call) {
        return as(tokens.getAccessToken(), call);
    }

    public <T> T asOperator(Call<T> call) {
        return as(authority.issueToOperator(), call);
    }

    public static void refused(Problem problem, Runnable call) {
        refusal(problem, call);
    }

    static RefusedException refusal(Problem problem, Runnable call) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, call::run);
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.problem()).isEqualTo(problem);
        return refused;
    }

    public CustomerId open(String email, Role role) {
        return accounts.open(new EmailAddress(email), PASSWORD, "Some One", role);
    }

    public Tokens signIn(String email) {
        return signIn(email, PASSWORD);
    }

    Tokens signIn(String email, String password) {
        return signIn(Context.ROOT, email, password, "");
    }

    /** From a client whose address, as reported by the gateway, is this one. */
    Tokens signInFrom(String address, String email, String password) {
        return signIn(ClientNetwork.in(Context.ROOT, address), email, password, "");
    }

    /** From a client that cancels before the password's turn has come. */
    Tokens signInAndGiveUp(String email, String password) {
        Context.CancellableContext gone = Context.ROOT.withCancellation();
        gone.cancel(null);
        return signIn(gone, email, password, "");
    }

    Tokens signInWith(String deviceToken, String email, String password) {
        return signIn(Context.ROOT, email, password, deviceToken);
    }

    private Tokens signIn(Context context, String email, String password, String deviceToken) {
        SignInRequest request = SignInRequest.newBuilder()
                .setEmail(email)
                .setPassword(password)
                .setDeviceToken(deviceToken)
                .build();
        return answerOf(context, answer -> identity.signIn(request, answer));
    }

    public Tokens refresh(String refreshToken) {
        RefreshRequest request =
                RefreshRequest.newBuilder().setRefreshToken(refreshToken).build();
        return withoutToken(answer -> identity.refresh(request, answer));
    }

    Caller callerOf(Tokens tokens) {
        return verifier.verify(tokens.getAccessToken());
    }

    public CustomerId ownerOf(Tokens tokens) {
        return new CustomerId(callerOf(tokens).customerId());
    }

    IdentityCommandService identity() {
        return identity;
    }

    LoggedAccounts logged() {
        return logged;
    }

    /** The events since the last call. */
    public List<Object> written() {
        return logged.written();
    }

    CountingEncoder encoder() {
        return encoder;
    }

    /** The time of the attempt limits. */
    public ManualTime time() {
        return time;
    }

    public AttemptLimits tries() {
        return tries;
    }

    /** Returns when all hashing work queued before is done. */
    void settle() {
        hashing.inTurn(() -> null);
    }

    MemoryKeyRing keyRing() {
        return keyRing;
    }

    public PersonalData personalData() {
        return personalData;
    }

    public EmailHash emailHash() {
        return emailHash;
    }

    public LostEmails lostEmails() {
        return new LostEmails(logged.aggregates().eventStore(), logged.commands());
    }

    public Commands commands() {
        return logged.commands();
    }

    @Override
    public void close() {
        hashing.close();
        logged.close();
    }
}
