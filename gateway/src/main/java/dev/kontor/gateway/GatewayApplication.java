package dev.kontor.gateway;

import dev.kontor.grpc.platform.ExitCodeOnSignal;
import dev.kontor.grpc.platform.RepeatedWarnings;
import dev.kontor.grpc.platform.SettingsFilter;
import java.security.Security;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;

/**
 * The gateway as a process of its own, in front of sides that are processes too. Its settings are in {@code gateway.yaml}.
 *
 * <p>Only there with the profile {@code distributed}: in the one JVM it would be found as a part of the gateway.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Gateway.class)
@Profile(GatewayApplication.PROFILE)
public class GatewayApplication {

    /** Of a gateway that is a process of its own. */
    public static final String PROFILE = "distributed";

    /** An instance of a side that has moved is found at its new address after this many seconds. */
    private static final String ADDRESSES_ARE_GOOD_FOR = "5";

    private static final String ADDRESS_CACHE = "networkaddress.cache.ttl";

    public static void main(String[] arguments) {
        // The JVM asks the one, gRPC the other.
        Security.setProperty(ADDRESS_CACHE, ADDRESSES_ARE_GOOD_FOR);
        System.setProperty(ADDRESS_CACHE, ADDRESSES_ARE_GOOD_FOR);
        SettingsFilter.useOneLocale();
        SpringApplication application = application();
        application.addListeners(new ExitCodeOnSignal());
        application.run(arguments);
    }

    /** As {@link #main} starts it, for who wants to see it run. */
    public static SpringApplication application() {
        SpringApplication application = new SpringApplication(GatewayApplication.class);
        application.setAdditionalProfiles(PROFILE);
        application.addInitializers(context -> RepeatedWarnings.install());
        // Another name than the one JVM's, which has this on its class path.
        application.setDefaultProperties(
                Map.of("spring.config.name", "gateway", SettingsFilter.CONFIG_LOCATION, SettingsFilter.IN_THE_JAR));
        application.addListeners(SettingsFilter.ofSeveralProcesses());
        return application;
    }
}
