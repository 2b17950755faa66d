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
 * The configuration of the gateway; an application imports this class.
 *
 * <p>It needs the gRPC channels {@code command-side} and {@code query-side} (properties
 * {@code spring.grpc.client.channel.<name>.target}). Its beans have fully qualified names and its channels are injected
 * by qualifier, because in the standalone process the sides share its application context.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
        excludeFilters = @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
@Import({LogRateLimitConfiguration.class, MutualTls.class})
@PropertySource("classpath:dev/kontor/gateway/gateway.properties")
public class Gateway {}
