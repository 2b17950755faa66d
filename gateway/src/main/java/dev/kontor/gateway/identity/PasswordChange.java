package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.RequiredValues;
import dev.kontor.proto.identity.ChangePasswordRequest;
import io.swagger.v3.oas.annotations.media.Schema;

/** The password that was, as a proof, and the one that shall be. */
@Schema(requiredProperties = {"currentPassword", "newPassword"})
record PasswordChange(String currentPassword, String newPassword) {

    ChangePasswordRequest toProto() {
        new RequiredValues()
                .value("currentPassword", currentPassword)
                .value("newPassword", newPassword)
                .orRefuse();
        return ChangePasswordRequest.newBuilder()
                .setCurrentPassword(currentPassword)
                .setNewPassword(newPassword)
                .build();
    }

    /** Passwords belong into no log. */
    @Override
    public String toString() {
        return "PasswordChange[...]";
    }
}
