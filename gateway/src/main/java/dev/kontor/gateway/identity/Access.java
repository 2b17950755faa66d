package dev.kontor.gateway.identity;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.kontor.gateway.operations.CommandSide;
import dev.kontor.gateway.operations.QuerySide;
import dev.kontor.gateway.operations.SideTargets;
import dev.kontor.wire.identity.FollowedSides;
import dev.kontor.wire.identity.TokenVerifier;
import io.grpc.Channel;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Who may knock at which path. Whose things they may touch is decided where the things are. */
@Configuration(proxyBeanMethods = false)
class Access {

    private static final String ADMIN = "ADMIN";

    @Bean(defaultCandidate = false)
    @Qualifier("gatewayTokenVerifier")
    TokenVerifier gatewayTokenVerifier(@Qualifier("gatewayFollowed") FollowedSides followed) {
        return new TokenVerifier(followed, followed, Clock.systemUTC());
    }

    /** Keys and revocations as both sides tell them: while one is away, the other will do. */
    @Bean(defaultCandidate = false, destroyMethod = "close")
    @Qualifier("gatewayFollowed")
    FollowedSides gatewayFollowed(@CommandSide Channel commandSide, @QuerySide Channel querySide, SideTargets targets) {
        Map<String, Channel> sides = new LinkedHashMap<>();
        sides.put(SideTargets.COMMAND_SIDE, commandSide);
        if (!targets.areOne()) {
            sides.put(SideTargets.QUERY_SIDE, querySide);
        }
        return new FollowedSides(sides, Clock.systemUTC(), Ticker.systemTicker());
    }

    // A bean, so that Boot makes up no user with a password of its own.
    @Bean
    AuthenticationManager gatewayTokenProof(@Qualifier("gatewayTokenVerifier") TokenVerifier verifier) {
        return new TokenProof(verifier);
    }

    @Bean
    HttpFirewall gatewayFirewall() {
        return new Firewall();
    }

    @Bean
    RequestRejectedHandler gatewayRejectedRequests() {
        return new SecurityProblems();
    }

    @Bean
    SecurityFilterChain gatewaySecurity(
            HttpSecurity http, @Qualifier("gatewayTokenProof") AuthenticationManager proof) {
        SecurityProblems problems = new SecurityProblems();
        return http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new BearerFilter(proof, problems), AuthorizationFilter.class)
                .exceptionHandling(turnedAway ->
                        turnedAway.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .authorizeHttpRequests(paths -> paths.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/actuator/health/**")
                        .permitAll()
                        .requestMatchers("/actuator/**", "/api/v1/admin/**")
                        .hasRole(ADMIN)
                        .requestMatchers("/api/v1/auth/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/api/v1/catalog/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.HEAD, "/api/v1/catalog/**")
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
