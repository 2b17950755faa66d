package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.RequiredValues;
import dev.kontor.proto.identity.SignUpRequest;
import io.swagger.v3.oas.annotations.media.Schema;

/** A request to create a customer account. */
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

    /** Keeps credentials out of logs. */
    @Override
    public String toString() {
        return "SignUp[...]";
    }
}
