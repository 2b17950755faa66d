package dev.kontor.gateway.identity;

import dev.kontor.gateway.operations.Needed;
import dev.kontor.proto.identity.SignInRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** The proof of being a customer. */
@Schema(requiredProperties = {"email", "password"})
record SignIn(String email, String password) implements OfAccount {

    /** Whoever guesses does not get further with capital letters. */
    @Override
    public String account() {
        return email == null ? null : email.strip().toLowerCase(Locale.ROOT);
    }

    SignInRequest toProto() {
        new Needed().value("email", email).value("password", password).orRefuse();
        return SignInRequest.newBuilder().setEmail(email).setPassword(password).build();
    }

    /** A password and whose it is belong into no log. */
    @Override
    public String toString() {
        return "SignIn[...]";
    }
}
