package dev.kontor.gateway.identity;

import dev.kontor.gateway.operations.Needed;
import dev.kontor.proto.identity.SignUpRequest;
import io.swagger.v3.oas.annotations.media.Schema;

/** What somebody says of themselves to become a customer. */
@Schema(requiredProperties = {"email", "password", "name"})
record SignUp(String email, String password, String name) {

    SignUpRequest toProto() {
        new Needed()
                .value("email", email)
                .value("password", password)
                .value("name", name)
                .orRefuse();
        return SignUpRequest.newBuilder()
                .setEmail(email)
                .setPassword(password)
                .setName(name)
                .build();
    }

    /** A password and whose it is belong into no log. */
    @Override
    public String toString() {
        return "SignUp[...]";
    }
}
