package dev.kontor.gateway;

import dev.kontor.grpc.platform.LogRateLimitConfiguration;
import dev.kontor.grpc.platform.MutualTls;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/**
 * All of the gateway; an application imports this one class.
 *
 * <p>It needs the gRPC channels {@code command-side} and {@code query-side} (properties
 * {@code spring.grpc.client.channel.<name>.target}). Its beans have full names and its channels are found by qualifier
 * only, because in the one JVM the sides live in the same context.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
        excludeFilters = @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
@Import({LogRateLimitConfiguration.class, MutualTls.class})
@PropertySource("classpath:dev/kontor/gateway/gateway.properties")
public class Gateway {}
