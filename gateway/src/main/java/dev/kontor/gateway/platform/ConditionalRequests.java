package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Refuses a condition that an operation does not check: a client relies on each condition that it sends. */
@Configuration(proxyBeanMethods = false)
class ConditionalRequests implements WebMvcConfigurer, HandlerInterceptor {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**", "/.well-known/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            boolean isRead = isRead(request.getMethod());
            if (request.getHeader(HttpHeaders.IF_MATCH) != null && (isRead || !takesIfMatch(method))) {
                throw RefusedException.invalid(
                        HttpHeaders.IF_MATCH, "is for changes of a single resource that a read shows with an ETag");
            }
            if (request.getHeader(HttpHeaders.IF_NONE_MATCH) != null && !isRead) {
                throw RefusedException.invalid(HttpHeaders.IF_NONE_MATCH, "is for reads only");
            }
        }
        return true;
    }

    static boolean isRead(String method) {
        return method.equals(HttpMethod.GET.name()) || method.equals(HttpMethod.HEAD.name());
    }

    private static boolean takesIfMatch(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .map(parameter -> parameter.getParameterAnnotation(RequestHeader.class))
                .anyMatch(header -> header != null && header.name().equals(HttpHeaders.IF_MATCH));
    }
}
