package dev.kontor.command.identity;

import dev.kontor.api.customer.KeyRing;
import dev.kontor.command.customer.EmailHash;
import dev.kontor.command.platform.CachedAggregates;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.CommandsAtStart;
import dev.kontor.grpc.platform.StartException;
import java.time.Clock;
import java.time.Duration;
import org.axonframework.modelling.command.Repository;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {

    @Bean
    Repository<EmailClaim> emailClaimRepository(CachedAggregates cached) {
        return cached.repository(EmailClaim.class);
    }

    @Bean
    EmailHash emailHash(KeyRing keyRing, MasterKeys masterKeys) {
        return new EmailHash(keyRing, masterKeys.customers());
    }

    @Bean
    TokenMac tokenMac(KeyRing keyRing, MasterKeys masterKeys) {
        return new TokenMac(keyRing, masterKeys.customers());
    }

    @Bean
    SigningKeyPairs signingKeyPairs() {
        return new SigningKeyPairs();
    }

    @Bean
    PrivateSigningKeys keyChest(KeyRing keyRing, MasterKeys masterKeys, SigningKeyPairs pairs) {
        return new PrivateSigningKeys(keyRing, masterKeys.signing(), pairs);
    }

    @Bean
    TokenIssuer authority(Commands commands, PrivateSigningKeys chest, Clock clock, ApplicationEventPublisher events) {
        return new TokenIssuer(commands, chest, clock, events);
    }

    @Bean
    KeyRotation keyRotation(
            Commands commands,
            TokenIssuer authority,
            PrivateSigningKeys chest,
            Clock clock,
            @Value("${kontor.identity.key-lead:10s}") Duration lead,
            @Value("${kontor.identity.key-rotation:30d}") Duration oldAfter,
            @Value("${kontor.identity.key-check:60s}") Duration lookEvery) {
        if (!lookEvery.isPositive()) {
            throw new StartException("kontor.identity.key-check must be longer than 0");
        }
        return new KeyRotation(commands, authority, chest, clock, lead, oldAfter);
    }

    @Bean
    SmartLifecycle signingKeysAreReady(CommandsAtStart atStart, KeyRotation rotation) {
        return atStart.send(rotation::start);
    }
}
