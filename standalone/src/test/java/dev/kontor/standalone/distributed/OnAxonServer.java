package dev.kontor.standalone.distributed;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Tests over a real Axon Server. They run one after the other: two systems over the same Axon Server
 * would send each other their commands.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(WithServers.class)
@ResourceLock("Axon Server")
@interface OnAxonServer {}
