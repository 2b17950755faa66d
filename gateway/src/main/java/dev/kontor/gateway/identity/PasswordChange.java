package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.RequiredValues;
import dev.kontor.proto.identity.ChangePasswordRequest;
import io.swagger.v3.oas.annotations.media.Schema;

/** A change of the caller's password; the current password authenticates it. */
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

    /** Keeps passwords out of logs. */
    @Override
    public String toString() {
        return "PasswordChange[...]";
    }
}
