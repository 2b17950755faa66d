package dev.kontor.gateway.platform;

import java.util.Set;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON over HTTP without coercion: "5" is not a number, 1.5 is not a whole number and 5 is not a text. Unknown members
 * are ignored, so that clients may be newer than the gateway. A body that is larger than any valid one is refused while
 * it is parsed.
 *
 * <p>The largest body of the API, an order of 100 lines, has some 610 tokens in three levels. The bounds allow for
 * unknown members, but not for a body of 1 MiB that becomes hundreds of thousands of objects.
 *
 * <p>The mapper is not a bean, because in the standalone process the sides have theirs in the same context.
 */
@Configuration(proxyBeanMethods = false)
class StrictJson {

    static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
            .maxNestingDepth(20)
            .maxTokenCount(10_000)
            .maxStringLength(65_536)
            .maxNameLength(256)
            .maxNumberLength(100)
            .build();

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(BOUNDS)
                    // Otherwise a body without a character set could be read as UTF-16 or UTF-32.
                    .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                    .build())
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

    /** Bodies are JSON. Libraries on the class path add converters of other formats, which have other rules. */
    private static final Set<Class<?>> CONVERTERS = Set.of(
            JacksonJsonHttpMessageConverter.class,
            // Springdoc writes the OpenAPI description.
            ByteArrayHttpMessageConverter.class,
            StringHttpMessageConverter.class);

    // Last, because Spring Boot's customizers set a converter with the context's mapper.
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    ServerHttpMessageConvertersCustomizer gatewayJsonOverHttp() {
        return converters -> converters
                .withJsonConverter(new JacksonJsonHttpMessageConverter(MAPPER))
                .configureMessageConvertersList(
                        all -> all.removeIf(converter -> !CONVERTERS.contains(converter.getClass())));
    }
}
