package dev.kontor.command.identity;

import dev.kontor.api.ids.CustomerId;

/**
 * A client gets it with each sign-in, and may present it at the next one: then wrong passwords of other clients do not
 * lock it out. It grants no access by itself, and is valid for this account permanently.
 */
final class DeviceToken {

    private DeviceToken() {}

    static String mint(CustomerId customerId, TokenMac mac) {
        return mac.secretFor(purpose(customerId));
    }

    static boolean isOf(CustomerId customerId, String token, TokenMac mac) {
        return mac.isSecretFor(purpose(customerId), token);
    }

    private static String purpose(CustomerId customerId) {
        return "device " + customerId;
    }
}
