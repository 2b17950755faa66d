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
 * Which environment variables are settings of a Kontor process. A variable that another program needs ({@code DEBUG},
 * {@code SERVER_PORT}, {@code SPRING_APPLICATION_JSON}) must not change what Kontor does: Spring would take all of them.
 */
public final class SettingsFilter implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final String SOURCE = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    /** Settings are in the jar, not in files that lie in the folder that a process happens to be started in. */
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

    /** Of the one JVM: variables that begin with {@code KONTOR_}. */
    public static SettingsFilter ofOneProcess() {
        return new SettingsFilter(ONE_PROCESS);
    }

    /** Of a side or a gateway, which also takes the documented variables of what it connects to and listens on. */
    public static SettingsFilter ofSeveralProcesses() {
        return new SettingsFilter(SEVERAL_PROCESSES);
    }

    /** Numbers, dates and the JVM's own messages are the same on every machine. To be called first in a main method. */
    public static void useOneLocale() {
        Locale.setDefault(Locale.ENGLISH);
    }

    /**
     * A setting as it was written: Spring would replace <code>${x}</code> and <code>#{x}</code> in it, which in a password or
     * the name of a folder mean themselves. Empty where it is missing.
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

    /** Before anything reads a setting. */
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
