package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.UnusableSetting;

/** An invalid address of a side. The message names the setting and shows examples. */
final class UnusableTarget extends UnusableSetting {

    UnusableTarget(String side, String target, String why) {
        super(("kontor.%s (KONTOR_%s) is \"%s\", and %s. It looks like list:///host:9091,host:9091 or like "
                        + "dns:///name:9091.")
                .formatted(side, side.toUpperCase(java.util.Locale.ROOT).replace('-', '_'), target, why));
    }
}
