package dev.kontor.gateway.identity;

import dev.kontor.gateway.operations.Needed;
import dev.kontor.proto.identity.SignInRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** The proof of being a customer. */
@Schema(requiredProperties = {"email", "password"})
record SignIn(String email, String password) implements OfAccount {

    private static final int LONGEST_DEVICE = 200;

    /** Whoever guesses does not get further with capital letters. */
    @Override
    public String account() {
        return email == null ? null : email.strip().toLowerCase(Locale.ROOT);
    }

    /** @param device how the client names itself, null where it does not; so much of it as may count */
    SignInRequest toProto(String device) {
        new Needed().value("email", email).value("password", password).orRefuse();
        SignInRequest.Builder proof = SignInRequest.newBuilder().setEmail(email).setPassword(password);
        if (device != null) {
            proof.setDevice(device.substring(0, Math.min(device.length(), LONGEST_DEVICE)));
        }
        return proof.build();
    }

    /** A password and whose it is belong into no log. */
    @Override
    public String toString() {
        return "SignIn[...]";
    }
}
