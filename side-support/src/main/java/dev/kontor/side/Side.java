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
 * What a side stands on, whichever it is: the doors of its gRPC port and, by the log, the knowledge of whose tokens count.
 * In the one JVM both sides stand on one of it.
 *
 * <p>Whoever imports it brings Axon's {@code EventStore}, {@code SideKeys} and {@code StoredRevocations}.
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
