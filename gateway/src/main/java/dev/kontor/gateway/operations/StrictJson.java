package dev.kontor.gateway.operations;

import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON over HTTP, taken at its word: "5" is no number, 1.5 is no whole number and 5 is no text. What is not known is
 * ignored, so that clients may be newer than the gateway.
 *
 * <p>The mapper is no bean: in the one JVM the sides have theirs in the same context.
 */
@Configuration(proxyBeanMethods = false)
class StrictJson {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(WellFormedTexts.module())
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .withCoercionConfigDefaults(every -> every.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
            .build();

    // Last, because Boot's own customizers set a converter with the context's mapper.
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    ServerHttpMessageConvertersCustomizer gatewayJsonOverHttp() {
        return converters -> converters.withJsonConverter(new JacksonJsonHttpMessageConverter(MAPPER));
    }
}
