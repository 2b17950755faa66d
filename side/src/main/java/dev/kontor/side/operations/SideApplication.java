package dev.kontor.side.operations;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Starts a side as a process of its own. */
public final class SideApplication {

    private SideApplication() {}

    /**
     * @param name of the side, and of the file with its settings, which come before those that both sides share
     * @param arguments as {@code --server.port=8091}
     */
    public static ConfigurableApplicationContext run(Class<?> application, String name, String... arguments) {
        return builder(application, name).run(arguments);
    }

    /** As {@link #run}, to be changed before it runs. */
    public static SpringApplicationBuilder builder(Class<?> application, String name) {
        return new SpringApplicationBuilder(application)
                .properties("spring.config.name=side," + name)
                .profiles(Profiles.DISTRIBUTED)
                .listeners((ApplicationListener<ApplicationReadyEvent>) ready -> report(name, ready));
    }

    private static void report(String name, ApplicationReadyEvent ready) {
        Environment settings = ready.getApplicationContext().getEnvironment();
        PrintStream console = System.out;
        console.printf(
                "%n%s is ready after %.1f s%n%n  gRPC    %s:%s%n  Health  http://%s:%s/actuator/health/readiness%n%nCtrl-C stops it.%n",
                name,
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0,
                settings.getProperty("spring.grpc.server.address"),
                settings.getProperty("local.grpc.server.port", settings.getProperty("spring.grpc.server.port", "")),
                settings.getProperty("server.address"),
                settings.getProperty("local.server.port", ""));
        console.flush();
    }
}
