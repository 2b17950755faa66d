package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.PublicRead;
import dev.kontor.gateway.platform.PublicReads;
import dev.kontor.grpc.identity.RemoteKeys;
import dev.kontor.grpc.identity.Revocations;
import dev.kontor.grpc.identity.TokenVerifier;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagers;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.HeaderWriterFilter;

/** The access rules by path. The sides decide on the access to a customer's resources. */
@Configuration(proxyBeanMethods = false)
class AccessRules {

    private static final String ADMIN = "ADMIN";

    @Bean(defaultCandidate = false)
    @Qualifier("gatewayTokenVerifier")
    TokenVerifier gatewayTokenVerifier(@Qualifier("gatewayKeys") RemoteKeys keys) {
        return new TokenVerifier(keys, Revocations.NONE, Clock.systemUTC());
    }

    @Bean(defaultCandidate = false)
    @Qualifier("gatewayKeys")
    RemoteKeys gatewayKeys(TokenVerificationChannels sides, @Value("${kontor.deadline:10s}") Duration deadline) {
        return RemoteKeys.ofSides(sides.channels(), deadline);
    }

    // A bean, so that Spring Boot does not create a default user with a generated password.
    @Bean
    AuthenticationManager gatewayTokenProof(@Qualifier("gatewayTokenVerifier") TokenVerifier verifier) {
        return new TokenAuthentication(verifier);
    }

    @Bean
    HttpFirewall gatewayFirewall() {
        return new HeaderFirewall();
    }

    @Bean
    RequestRejectedHandler gatewayRejectedRequests() {
        return new SecurityProblems();
    }

    /** Spring Security would observe each filter of a request. The request itself is observed already. */
    @Bean
    SecurityObservationSettings gatewayObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    SecurityFilterChain gatewaySecurity(
            HttpSecurity http,
            @Qualifier("gatewayTokenProof") AuthenticationManager proof,
            TokenCheck check,
            CallLimits limits,
            List<PublicRead> publicReads) {
        SecurityProblems problems = new SecurityProblems();
        return http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                // No sessions, and no access to the caller by the request itself: each would be one more filter.
                .sessionManagement(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .securityContext(
                        caller -> caller.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .addFilterAfter(new PublicReads(publicReads), HeaderWriterFilter.class)
                .addFilterBefore(new BearerFilter(proof, problems), AuthorizationFilter.class)
                .addFilterBefore(limits.byCustomer(), AuthorizationFilter.class)
                .exceptionHandling(turnedAway ->
                        turnedAway.authenticationEntryPoint(problems).accessDeniedHandler(new Forbidden(check)))
                .authorizeHttpRequests(paths -> paths.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/actuator/health/**")
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .access(AuthorizationManagers.allOf(AuthorityAuthorizationManager.hasRole(ADMIN), check))
                        .requestMatchers("/api/v1/admin/**")
                        .hasRole(ADMIN)
                        .requestMatchers("/api/v1/auth/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/api/v1/catalog/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.HEAD, "/api/v1/catalog/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, "/api/v1/catalog/quote")
                        .permitAll()
                        .requestMatchers(HttpMethod.OPTIONS, "/**")
                        .permitAll()
                        .requestMatchers("/api/v1/customers/me", "/api/v1/customers/me/**")
                        .authenticated()
                        .requestMatchers("/api/v1/customers", "/api/v1/customers/**")
                        .hasRole(ADMIN)
                        .requestMatchers("/api/v1/orders/*/ship", "/api/v1/orders/*/deliver")
                        .hasRole(ADMIN)
                        .requestMatchers("/api/**")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .build();
    }
}
