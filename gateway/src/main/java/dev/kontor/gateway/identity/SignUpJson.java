package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.RequiredValues;
import dev.kontor.proto.identity.SignUpRequest;
import io.swagger.v3.oas.annotations.media.Schema;

/** What somebody says of themselves to become a customer. */
@Schema(
        name = "SignUp",
        requiredProperties = {"email", "password", "name"})
record SignUpJson(String email, String password, String name) {

    SignUpRequest toProto() {
        new RequiredValues()
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
