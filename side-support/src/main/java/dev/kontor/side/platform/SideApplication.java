package dev.kontor.side.platform;

import dev.kontor.grpc.platform.ExitCodeOnSignal;
import dev.kontor.grpc.platform.RepeatedWarnings;
import dev.kontor.grpc.platform.SettingsFilter;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.builder.SpringApplicationBuilder;

public final class SideApplication {

    private static final Duration BEFORE_IT_BEGINS_AGAIN = Duration.ofSeconds(1);

    private SideApplication() {}

    /**
     * Starts the side. If a store goes away during the start, the start begins again and waits for the store.
     *
     * @param name as for {@link #of}
     */
    public static void run(Class<?> application, String name, String... arguments) {
        while (true) {
            try {
                of(application, name).run(arguments);
                return;
            } catch (RuntimeException failure) {
                if (!FailureClassifier.mayPassOf(failure)) {
                    throw failure;
                }
            }
            LockSupport.parkNanos(BEFORE_IT_BEGINS_AGAIN.toNanos());
        }
    }

    /** @param name of the side, and of its settings file, which overrides the settings of both sides */
    public static SpringApplicationBuilder of(Class<?> application, String name) {
        SettingsFilter.useOneLocale();
        return new SpringApplicationBuilder(application)
                .listeners(SettingsFilter.ofSeveralProcesses(), new ExitCodeOnSignal())
                .properties(
                        "spring.config.name=side," + name,
                        SettingsFilter.CONFIG_LOCATION + "=" + SettingsFilter.IN_THE_JAR)
                .profiles(SpringProfiles.DISTRIBUTED)
                .initializers(context -> RepeatedWarnings.install());
    }
}
