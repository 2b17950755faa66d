package dev.kontor.gateway.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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

/** Adds the {@code ETag} to every answer of a controller that shows a {@link SingleResource}. */
@RestControllerAdvice
class EntityTags implements ResponseBodyAdvice<Object> {

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
        if (!(body instanceof SingleResource resource)) {
            return body;
        }
        HttpServletRequest asked = ((ServletServerHttpRequest) request).getServletRequest();
        HttpServletResponse answer = ((ServletServerHttpResponse) response).getServletResponse();
        if (answer.getStatus() == HttpServletResponse.SC_ACCEPTED) {
            // The write that was asked for is not visible yet.
            return body;
        }
        PreparedJson json = PreparedJson.of(resource);
        if (!ConditionalRequests.isRead(asked.getMethod())) {
            answer.setHeader(HttpHeaders.ETAG, json.entityTag());
            return json;
        }
        return ConditionalRead.isNotModified(asked, answer, json.entityTag(), resource.forEveryone()) ? null : json;
    }
}
