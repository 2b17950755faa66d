package dev.kontor.gateway.identity;

import dev.kontor.gateway.operations.Needed;
import dev.kontor.proto.identity.SignInRequest;
import io.swagger.v3.oas.annotations.media.Schema;

/** The proof of being a customer. */
@Schema(requiredProperties = {"email", "password"})
record SignIn(String email, String password) {

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
