package dev.kontor.gateway.platform;

import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes the answers of an operation that answers by {@link EventStreams}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(
        responseCode = "200",
        description = "The events, and a comment from time to time",
        headers =
                @Header(
                        name = "X-Accel-Buffering",
                        description = "`no`: proxies should pass each event on at once",
                        required = true,
                        schema = @Schema(type = "string")),
        content = @Content(schema = @Schema(type = "string", maxLength = 1_000_000_000)))
@ApiResponse(responseCode = "406", description = "The client does not accept `text/event-stream`")
@ApiResponse(responseCode = "429", description = "Too many streams of one customer or address are open")
public @interface AnswersEvents {}
