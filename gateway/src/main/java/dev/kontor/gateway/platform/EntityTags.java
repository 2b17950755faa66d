package dev.kontor.gateway.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Adds the {@code ETag} to every answer that shows a {@link SingleResource}, or a {@link PublicList}. */
@RestControllerAdvice
@EnableConfigurationProperties(CatalogCaching.class)
class EntityTags implements ResponseBodyAdvice<Object> {

    private static final String OWN = "me";

    private final CatalogCaching caching;

    EntityTags(CatalogCaching caching) {
        this.caching = caching;
    }

    @Override
    public boolean supports(MethodParameter result, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    /** Null without a body. */
    @Override
    public Object beforeBodyWrite(
            Object body,
            MethodParameter result,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        HttpServletRequest asked = ((ServletServerHttpRequest) request).getServletRequest();
        HttpServletResponse answer = ((ServletServerHttpResponse) response).getServletResponse();
        PublicList list = result.getMethodAnnotation(PublicList.class);
        if (list != null && answer.getStatus() == HttpServletResponse.SC_OK) {
            return read(asked, answer, PreparedJson.of(body), !OWN.equals(asked.getParameter(list.ownBy())));
        }
        if (!(body instanceof SingleResource resource)) {
            return body;
        }
        if (answer.getStatus() == HttpServletResponse.SC_ACCEPTED) {
            // The write that was asked for is not visible yet.
            return body;
        }
        PreparedJson json = PreparedJson.of(resource);
        if (!ConditionalRequests.isRead(asked.getMethod())) {
            KeyedExchange.shows(asked, resource.shownCustomers());
            answer.setHeader(HttpHeaders.ETAG, json.entityTag());
            return json;
        }
        return read(asked, answer, json, resource.forEveryone());
    }

    private PreparedJson read(
            HttpServletRequest asked, HttpServletResponse answer, PreparedJson json, boolean forEveryone) {
        String rule = forEveryone ? caching.rule() : null;
        return ConditionalRead.isNotModified(asked, answer, json.entityTag(), rule) ? null : json;
    }
}
