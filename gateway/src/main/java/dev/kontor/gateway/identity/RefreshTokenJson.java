package dev.kontor.gateway.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import io.swagger.v3.oas.annotations.media.Schema;

/** A refresh token, with the member name of OAuth 2. */
@Schema(name = "RefreshToken")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RefreshTokenJson(@JsonProperty("refresh_token") String value) implements AccountRequest {

    /** The session's id: all tokens of a session begin with it. */
    @Override
    public String account() {
        int dot = value == null ? -1 : value.indexOf('.');
        return dot < 0 ? null : value.substring(0, dot);
    }

    /** The token of a body that may be missing; empty if there is none. */
    static String in(RefreshTokenJson body) {
        return body == null || body.value == null ? "" : body.value;
    }

    /** @throws RefusedException the same for a missing token as for an invalid one */
    static String neededIn(RefreshTokenJson body) {
        String token = in(body);
        if (token.isEmpty()) {
            throw new RefusedException(Problem.BAD_REFRESH_TOKEN, Problem.BAD_REFRESH_TOKEN.title());
        }
        return token;
    }

    /** Keeps tokens out of logs. */
    @Override
    public String toString() {
        return "RefreshToken[...]";
    }
}
