package dev.kontor.gateway.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kontor.gateway.platform.RequiredValues;
import dev.kontor.proto.identity.SignInRequest;
import io.swagger.v3.oas.annotations.media.Schema;

/** The proof of being a customer. */
@Schema(
        name = "SignIn",
        requiredProperties = {"email", "password"})
record SignInJson(
        String email,
        String password,

        @Schema(description = "What this client got with an earlier sign-in to this account, where it did")
        @JsonProperty("device_token")
        String deviceToken) {

    /** @param device how the client names itself, null where it does not */
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

    /** A password and whose it is belong into no log. */
    @Override
    public String toString() {
        return "SignIn[...]";
    }
}
