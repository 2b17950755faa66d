package dev.kontor.gateway.identity;

import dev.kontor.gateway.operations.Needed;
import dev.kontor.proto.identity.SignInRequest;
import dev.kontor.text.EmailForm;
import io.swagger.v3.oas.annotations.media.Schema;

/** The proof of being a customer. */
@Schema(requiredProperties = {"email", "password"})
record SignIn(String email, String password) implements OfAccount {

    /** Whoever guesses does not get further with capital letters, or with wide ones. */
    @Override
    public String account() {
        return email == null ? null : EmailForm.ofAny(email);
    }

    /** @param device how the client names itself, null where it does not */
    SignInRequest toProto(String device) {
        new Needed().value("email", email).value("password", password).orRefuse();
        SignInRequest.Builder proof = SignInRequest.newBuilder().setEmail(email).setPassword(password);
        if (device != null) {
            proof.setDevice(device);
        }
        return proof.build();
    }

    /** A password and whose it is belong into no log. */
    @Override
    public String toString() {
        return "SignIn[...]";
    }
}
