package dev.kontor.grpc.platform;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Restricts the environment variables that are settings of a Kontor process. Spring would read all of them, and a
 * variable of another program ({@code DEBUG}, {@code SERVER_PORT}, {@code SPRING_APPLICATION_JSON}) must not change
 * Kontor.
 */
public final class SettingsFilter implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final String SOURCE = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    /** Settings files are read from the jar, not from the working directory. */
    public static final String CONFIG_LOCATION = "spring.config.location";

    public static final String IN_THE_JAR = "optional:classpath:/";

    private static final List<String> ONE_PROCESS = List.of("KONTOR_");
    private static final List<String> SEVERAL_PROCESSES = List.of(
            "KONTOR_",
            "AXON_AXONSERVER_",
            "SPRING_MONGODB_",
            "SPRING_SSL_BUNDLE_",
            "SPRING_PROFILES_ACTIVE",
            "SPRING_GRPC_SERVER_ADDRESS",
            "SERVER_ADDRESS",
            "SERVER_FORWARDHEADERSSTRATEGY",
            "MANAGEMENT_SERVER_ADDRESS");

    private final List<String> prefixes;

    private SettingsFilter(List<String> prefixes) {
        this.prefixes = prefixes;
    }

    /** For the standalone process: variables that begin with {@code KONTOR_}. */
    public static SettingsFilter ofOneProcess() {
        return new SettingsFilter(ONE_PROCESS);
    }

    /** For a side or a gateway, which also read the documented variables of their connections and listeners. */
    public static SettingsFilter ofSeveralProcesses() {
        return new SettingsFilter(SEVERAL_PROCESSES);
    }

    /** Makes numbers, dates and messages of the JVM the same on every machine. A main method calls this first. */
    public static void useOneLocale() {
        Locale.setDefault(Locale.ENGLISH);
    }

    /**
     * The literal value of a setting; empty if it is missing. Spring would replace <code>${x}</code> and
     * <code>#{x}</code>, which may be part of a password or a folder's name.
     */
    public static Optional<String> asGiven(ConfigurableEnvironment settings, String name) {
        for (PropertySource<?> source : settings.getPropertySources()) {
            Object value = source.getProperty(name);
            if (value != null) {
                return Optional.of(value.toString());
            }
        }
        return Optional.empty();
    }

    /** Runs before any listener that reads a setting. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        MutablePropertySources sources = event.getEnvironment().getPropertySources();
        if (sources.contains(SOURCE)) {
            Map<String, Object> own = own(event.getEnvironment().getSystemEnvironment());
            sources.replace(SOURCE, new SystemEnvironmentPropertySource(SOURCE, own));
        }
    }

    Map<String, Object> own(Map<String, Object> environment) {
        Map<String, Object> own = new HashMap<>(environment);
        own.keySet().removeIf(name -> prefixes.stream().noneMatch(name::startsWith));
        return own;
    }
}
