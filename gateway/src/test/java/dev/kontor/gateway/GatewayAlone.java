package dev.kontor.gateway;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The smallest application around the gateway. */
@EnableAutoConfiguration
@Import(Gateway.class)
class GatewayAlone {}
