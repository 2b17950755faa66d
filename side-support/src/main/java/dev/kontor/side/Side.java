package dev.kontor.side;

import dev.kontor.grpc.platform.LogRateLimitConfiguration;
import dev.kontor.grpc.platform.MutualTls;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;

/**
 * The common configuration of a side: the interceptors of its gRPC port, and the revocations it reads from the log. In
 * the standalone process both sides share one.
 *
 * <p>The application that imports it provides Axon's {@code EventStore}, {@code SideKeys} and
 * {@code StoredRevocations}.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@Import({LogRateLimitConfiguration.class, MutualTls.class})
public class Side {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
