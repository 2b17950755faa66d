package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.RequestId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/**
 * Lets pages of the named origins call the API from a browser. Tokens are sent in a header, so no credentials of the
 * browser are allowed.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CorsSettings.class)
class Cors {

    private static final Duration PREFLIGHTS_ARE_KEPT = Duration.ofHours(1);

    /** Behind the filter that gives a request its id, and before those that may refuse it. */
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 1;

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    static final List<String> REQUEST_HEADERS = List.of(
            HttpHeaders.ACCEPT,
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.CONTENT_TYPE,
            IdempotencyKey.HEADER,
            HttpHeaders.IF_MATCH,
            HttpHeaders.IF_NONE_MATCH,
            "Last-Event-ID",
            "Prefer",
            RequestId.HTTP_HEADER);

    static final List<String> ANSWER_HEADERS = List.of(
            HttpHeaders.ACCEPT,
            "Deprecation",
            HttpHeaders.ETAG,
            IdempotencyKey.REPLAYED,
            HttpHeaders.LINK,
            HttpHeaders.LOCATION,
            ShownLimit.LIMIT,
            ShownLimit.POLICY,
            HttpHeaders.RETRY_AFTER,
            "Sunset",
            HttpHeaders.WWW_AUTHENTICATE,
            RequestId.HTTP_HEADER);

    @Bean
    FilterRegistrationBean<CorsFilter> gatewayCors(CorsSettings settings) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(settings.origins());
        allowed.setAllowedMethods(METHODS);
        allowed.setAllowedHeaders(REQUEST_HEADERS);
        allowed.setExposedHeaders(ANSWER_HEADERS);
        allowed.setAllowCredentials(false);
        allowed.setMaxAge(PREFLIGHTS_ARE_KEPT);
        UrlBasedCorsConfigurationSource paths = new UrlBasedCorsConfigurationSource();
        paths.registerCorsConfiguration("/**", allowed);
        CorsFilter filter = new CorsFilter(paths);
        filter.setCorsProcessor(new Refusing());
        FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(ORDER);
        registration.setEnabled(!settings.origins().isEmpty());
        return registration;
    }

    /** Refuses other origins with a problem document. */
    private static final class Refusing extends DefaultCorsProcessor {

        @Override
        protected void rejectRequest(ServerHttpResponse response) throws IOException {
            RefusedException refused =
                    new RefusedException(Problem.FORBIDDEN, "Pages of this origin may not call the API in this way");
            byte[] body = StrictJson.MAPPER.writeValueAsBytes(ProblemDocument.of(refused, RequestId.current()));
            response.setStatusCode(HttpStatus.FORBIDDEN);
            response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
            response.getHeaders().setContentLength(body.length);
            response.getBody().write(body);
            response.flush();
        }
    }
}
