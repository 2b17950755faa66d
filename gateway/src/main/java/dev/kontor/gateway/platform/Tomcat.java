package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.StartException;
import java.util.Locale;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpSettings.class)
class Tomcat {

    private static final String FORWARD_HEADERS = "server.forward-headers-strategy";

    // After Spring Boot, which adds a valve that answers in HTML: the last valve runs first.
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatWebServerFactory> gatewayTomcat(HttpSettings settings, Environment environment) {
        refuseToTrustAllProxies(environment);
        TrustedProxies proxies = new TrustedProxies(settings.trustedProxies());
        return tomcat -> {
            tomcat.setProtocol(BoundedHttp.class.getName());
            tomcat.addConnectorCustomizers(connector -> {
                if (connector.getProtocolHandler() instanceof BoundedHttp http) {
                    http.bound(settings, proxies);
                }
            });
            // On Kubernetes Spring Boot adds one that trusts every private address.
            tomcat.getEngineValves().removeIf(RemoteIpValve.class::isInstance);
            if (!proxies.isEmpty()) {
                tomcat.addEngineValves(proxies.valve());
            }
            tomcat.addEngineValves(new ResetValve());
            tomcat.addContextCustomizers(
                    context -> context.getParent().getPipeline().addValve(new ProblemValve()));
        };
    }

    /** Spring Boot's own strategies trust every private address, or every address. */
    private static void refuseToTrustAllProxies(Environment environment) {
        String strategy = environment.getProperty(FORWARD_HEADERS, "none");
        if (!strategy.toLowerCase(Locale.ROOT).equals("none")) {
            throw new StartException("%s is %s; it must be none. Name trusted proxies in kontor.http.trusted-proxies."
                    .formatted(FORWARD_HEADERS, strategy));
        }
    }
}
