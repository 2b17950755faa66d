package dev.kontor.gateway.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses clients that do not send or accept JSON before the request has an effect. Spring's converter would refuse too
 * late; it also accepts types that only resemble JSON, fails on wildcard types, and reads other character sets, in
 * which an invalid byte becomes another character.
 */
@Configuration(proxyBeanMethods = false)
class JsonOnlyFilter implements WebMvcConfigurer, HandlerInterceptor {

    private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON);

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**", "/.well-known/**", GraphQlController.PATH);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeException {
        if (handler instanceof HandlerMethod method) {
            List<MediaType> offered =
                    method.getBeanType() == GraphQlController.class ? GraphQlController.ANSWERS : JSON;
            // Of an operation that answers another type, Spring has compared it already.
            if (request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) == null
                    && !takes(offered, request)) {
                throw new HttpMediaTypeNotAcceptableException(offered);
            }
            if (request.getContentType() != null && readsBody(method) && !isJson(request.getContentType())) {
                throw new HttpMediaTypeNotSupportedException(null, JSON, HttpMethod.valueOf(request.getMethod()));
            }
        }
        return true;
    }

    static boolean takesJson(HttpServletRequest request) {
        return takes(JSON, request);
    }

    private static boolean takes(List<MediaType> offered, HttpServletRequest request) {
        List<MediaType> accepted = AcceptHeaderFilter.typesOf(request);
        return accepted.isEmpty()
                || accepted.stream()
                        .anyMatch(type ->
                                type.getQualityValue() > 0 && offered.stream().anyMatch(type::isCompatibleWith));
    }

    private static boolean readsBody(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
    }

    private static boolean isJson(String contentType) {
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            Charset charset = type.getCharset();
            return type.equalsTypeAndSubtype(JSON.getFirst())
                    && (charset == null || charset.equals(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
