package dev.kontor.command;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The whole command side: commands in by gRPC, events out to the log.
 *
 * <p>Whoever imports it brings the stores: Axon's {@code EventStore}, {@code TokenStore} and {@code SagaStore}, the
 * serializers, {@code OpenOrders}, {@code KeyRing}, {@code MasterKeys} and a {@code Clock}.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@EnableScheduling
public class CommandSide {}
