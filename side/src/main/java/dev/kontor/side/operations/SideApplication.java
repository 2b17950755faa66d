package dev.kontor.side.operations;

import dev.kontor.wire.operations.CleanStop;
import dev.kontor.wire.operations.OwnSettings;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** A side as a process of its own. */
public final class SideApplication {

    private SideApplication() {}

    /** @param name of the side, and of the file with its settings, which come on top of those that both sides share */
    public static SpringApplicationBuilder of(Class<?> application, String name) {
        OwnSettings.useOneLocale();
        return new SpringApplicationBuilder(application)
                .listeners(OwnSettings.ofSeveralProcesses(), new CleanStop())
                .properties(
                        "spring.config.name=side," + name, OwnSettings.CONFIG_LOCATION + "=" + OwnSettings.IN_THE_JAR)
                .profiles(Profiles.DISTRIBUTED);
    }
}
