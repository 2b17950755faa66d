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
 * The gateway as a separate process. Its settings are in {@code gateway.yaml}.
 *
 * <p>The profile {@code distributed} keeps the component scan of the standalone process from finding this class.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Gateway.class)
@Profile(GatewayApplication.PROFILE)
public class GatewayApplication {

    /** Active in a gateway that is a separate process. */
    public static final String PROFILE = "distributed";

    /** The gateway finds an instance at its new address after at most this many seconds. */
    private static final String ADDRESSES_ARE_GOOD_FOR = "5";

    private static final String ADDRESS_CACHE = "networkaddress.cache.ttl";

    public static void main(String[] arguments) {
        // The JVM reads the security property, gRPC the system property.
        Security.setProperty(ADDRESS_CACHE, ADDRESSES_ARE_GOOD_FOR);
        System.setProperty(ADDRESS_CACHE, ADDRESSES_ARE_GOOD_FOR);
        SettingsFilter.useOneLocale();
        SpringApplication application = application();
        application.addListeners(new ExitCodeOnSignal());
        application.run(arguments);
    }

    /** The application that {@link #main} runs; tests run it too. */
    public static SpringApplication application() {
        SpringApplication application = new SpringApplication(GatewayApplication.class);
        application.setAdditionalProfiles(PROFILE);
        application.addInitializers(context -> RepeatedWarnings.install());
        // Not application.yaml: the standalone process has this file on its class path.
        application.setDefaultProperties(
                Map.of("spring.config.name", "gateway", SettingsFilter.CONFIG_LOCATION, SettingsFilter.IN_THE_JAR));
        application.addListeners(SettingsFilter.ofSeveralProcesses());
        return application;
    }
}
