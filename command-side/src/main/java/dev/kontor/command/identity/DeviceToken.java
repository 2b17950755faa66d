package dev.kontor.command.identity;

import dev.kontor.api.ids.CustomerId;

/**
 * What a client gets with each sign-in and may show at the next one: then the wrong passwords of others do not keep it out.
 * It opens nothing by itself, and is good for this account for ever.
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
