package dev.kontor.command.identity;

import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.PersonalData.Field;
import dev.kontor.api.identity.AccountCommand.Refresh;
import dev.kontor.api.identity.AccountCommand.SignIn;
import dev.kontor.api.identity.Admission;
import dev.kontor.api.identity.CredentialsCommand.RevokeTokens;
import dev.kontor.api.identity.EmailAddress;
import dev.kontor.api.identity.RevokedBecause;
import dev.kontor.api.identity.SessionCommand.EndSession;
import dev.kontor.api.identity.SessionCommand.EndSessionByToken;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.AttemptLimits;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.Requests;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.identity.Tokens;
import dev.kontor.text.Text;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Issues tokens, and ends sessions. */
@Component
class SessionService {

    private static final int LONGEST_DEVICE = 200;

    private final Commands commands;
    private final Accounts accounts;
    private final Passwords passwords;
    private final PersonalData personalData;
    private final TokenIssuer authority;
    private final TokenMac mac;
    private final AttemptLimits tries;

    SessionService(
            Commands commands,
            Accounts accounts,
            Passwords passwords,
            PersonalData personalData,
            TokenIssuer authority,
            TokenMac mac,
            AttemptLimits tries) {
        this.commands = commands;
        this.accounts = accounts;
        this.passwords = passwords;
        this.personalData = personalData;
        this.authority = authority;
        this.mac = mac;
        this.tries = tries;
    }

    /**
     * Opens a session for a caller with the right password.
     *
     * @param email as given: a text that is no e-mail is answered like an unknown e-mail
     * @param device the client's name for itself; only its first 200 characters count
     * @param deviceToken from an earlier sign-in of the client; empty if it has none
     * @throws RefusedException with {@link Problem#BAD_CREDENTIALS}, the same for every reason, and with {@link
     *     Problem#TOO_MANY_REQUESTS} after too many wrong passwords
     */
    Tokens open(String email, String password, String device, String deviceToken) {
        Optional<EmailAddress> address = addressOf(email);
        Optional<Passwords.Asked> owner = address.flatMap(accounts::ownerOf).map(passwords::ask);
        try (AttemptLimits.Try counted = count(address, owner, deviceToken)) {
            Optional<Passwords.Proof> proof = passwords.prove(owner, password);
            RefreshToken token = RefreshToken.mint(SessionId.mint(), mac);
            Admission admission =
                    proof.map(proven -> admit(proven, token, device)).orElse(null);
            if (admission == null) {
                counted.wasWrong();
                throw refused(Problem.BAD_CREDENTIALS);
            }
            passwords.upgrade(proof.orElseThrow(), password);
            return tokens(admission, token).toBuilder()
                    .setDeviceToken(DeviceToken.mint(admission.customerId(), mac))
                    .build();
        }
    }

    private Admission admit(Passwords.Proof proof, RefreshToken token, String device) {
        return commands.send(new SignIn(
                proof.customerId(),
                proof.version(),
                token.sessionId(),
                token.hash(),
                personalData.seal(proof.customerId(), Field.DEVICE, shown(device))));
    }

    private AttemptLimits.Try count(
            Optional<EmailAddress> address, Optional<Passwords.Asked> owner, String deviceToken) {
        String account = address.map(accounts::nameOf).orElse("no e-mail")
                + owner.map(asked -> " " + asked.count()).orElse("");
        boolean isKnown = owner.filter(asked -> DeviceToken.isOf(asked.customerId(), deviceToken, mac))
                .isPresent();
        return isKnown ? tries.byKnown(account, deviceToken) : tries.byUnknown(account);
    }

    private static Optional<EmailAddress> addressOf(String email) {
        try {
            return Optional.of(new EmailAddress(email));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String shown(String device) {
        return Text.shown(device, LONGEST_DEVICE);
    }

    /** @throws RefusedException with {@link Problem#BAD_REFRESH_TOKEN}, the same for every reason */
    Tokens refresh(String refreshToken) {
        RefreshToken presented = parse(refreshToken);
        RefreshToken next = RefreshToken.mint(presented.sessionId(), mac);
        Admission admission = Requests.orNotFound(
                Problem.BAD_REFRESH_TOKEN,
                () -> commands.send(
                        new Refresh(presented.sessionId(), presented.hash(), next.hash(), presented.isOurs(mac))));
        if (admission == null) {
            throw refused(Problem.BAD_REFRESH_TOKEN);
        }
        return tokens(admission, next);
    }

    /**
     * Ends the session of a refresh token, and returns it; empty if it had ended already.
     *
     * @throws RefusedException with {@link Problem#BAD_REFRESH_TOKEN} if the token is not the current one
     */
    Optional<SessionId> endBy(String refreshToken) {
        RefreshToken presented = parse(refreshToken);
        boolean ended = Requests.orNotFound(
                Problem.BAD_REFRESH_TOKEN,
                () -> commands.send(new EndSessionByToken(presented.sessionId(), presented.hash())));
        return Optional.of(presented.sessionId()).filter(session -> ended);
    }

    /**
     * Ends a session of this customer, and returns it; empty if it had ended already.
     *
     * @throws RefusedException with {@link Problem#NOT_FOUND} if this customer never had it
     */
    Optional<SessionId> end(SessionId session, CustomerId owner) {
        boolean ended = commands.send(new EndSession(session, owner));
        return Optional.of(session).filter(it -> ended);
    }

    /** Ends all sessions of a customer; returns the version that tokens must have from now on. */
    long endAll(CustomerId customerId) {
        return commands.send(new RevokeTokens(customerId, RevokedBecause.SIGNED_OUT_EVERYWHERE));
    }

    private static RefreshToken parse(String refreshToken) {
        return RefreshToken.parse(refreshToken).orElseThrow(() -> refused(Problem.BAD_REFRESH_TOKEN));
    }

    private static RefusedException refused(Problem problem) {
        return new RefusedException(problem, problem.title());
    }

    private Tokens tokens(Admission admission, RefreshToken refreshToken) {
        return Tokens.newBuilder()
                .setAccessToken(authority.issue(
                        admission.customerId(), refreshToken.sessionId(), admission.role(), admission.version()))
                .setExpiresInSeconds(TokenIssuer.ACCESS_TOKEN_LIFETIME.toSeconds())
                .setRefreshToken(refreshToken.text())
                .build();
    }
}
