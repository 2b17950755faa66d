package dev.kontor.gateway.identity;

import dev.kontor.gateway.identity.RateLimits.Try;
import dev.kontor.grpc.identity.Caller;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Applies {@link RateLimits} before a side is called: by address and caller before the body is read, so that a large
 * body costs nothing, and by the account that the body names once it is read.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitSettings.class)
@ControllerAdvice
class RateLimitFilter extends RequestBodyAdviceAdapter implements WebMvcConfigurer {

    private static final String COUNTED = RateLimitFilter.class.getName();

    private final RateLimits limits;
    private final TokenCheck check;

    RateLimitFilter(RateLimits limits, TokenCheck check) {
        this.check = check;
        this.limits = limits;
    }

    @Bean
    static RateLimits gatewayRateLimits(LimitSettings settings) {
        return new RateLimits(settings, TimeMeter.SYSTEM_NANOTIME);
    }

    /** Patterns match as those of the controllers do, so other spellings of a path are counted as well. */
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        for (Try counted : Try.values()) {
            registry.addInterceptor(new BeforeTheBody(counted)).addPathPatterns(counted.path());
        }
    }

    private final class BeforeTheBody implements HandlerInterceptor {

        private final Try counted;

        BeforeTheBody(Try counted) {
            this.counted = counted;
        }

        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
            limits.byAddress(counted, request.getRemoteAddr());
            if (counted == Try.PASSWORD) {
                // A revoked token must not use up the attempts of its owner.
                check.pass();
                limits.byAccount(counted, Caller.required().customerId());
            }
            request.setAttribute(COUNTED, counted);
            return true;
        }
    }

    @Override
    public boolean supports(
            MethodParameter parameter, Type target, Class<? extends HttpMessageConverter<?>> converter) {
        return AccountRequest.class.isAssignableFrom(parameter.getParameterType());
    }

    @Override
    public Object afterBodyRead(
            Object body,
            HttpInputMessage message,
            MethodParameter parameter,
            Type target,
            Class<? extends HttpMessageConverter<?>> converter) {
        if (body instanceof AccountRequest named
                && named.account() != null
                && RequestContextHolder.currentRequestAttributes()
                                .getAttribute(COUNTED, RequestAttributes.SCOPE_REQUEST)
                        instanceof Try counted) {
            limits.byAccountInNetwork(counted, named.account());
        }
        return body;
    }
}
