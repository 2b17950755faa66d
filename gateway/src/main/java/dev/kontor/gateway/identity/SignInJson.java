package dev.kontor.gateway.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kontor.gateway.platform.RequiredValues;
import dev.kontor.proto.identity.SignInRequest;
import io.swagger.v3.oas.annotations.media.Schema;

/** The credentials of a sign-in. */
@Schema(
        name = "SignIn",
        requiredProperties = {"email", "password"})
record SignInJson(
        String email,
        String password,

        @Schema(description = "From an earlier sign-in of this client to this account, if there was one")
        @JsonProperty("device_token")
        String deviceToken) {

    /** @param device the name that the client gives; null for none */
    SignInRequest toProto(String device) {
        new RequiredValues().value("email", email).value("password", password).orRefuse();
        SignInRequest.Builder proof = SignInRequest.newBuilder().setEmail(email).setPassword(password);
        if (device != null) {
            proof.setDevice(device);
        }
        if (deviceToken != null) {
            proof.setDeviceToken(deviceToken);
        }
        return proof.build();
    }

    /** Keeps credentials out of logs. */
    @Override
    public String toString() {
        return "SignIn[...]";
    }
}
