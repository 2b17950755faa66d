package dev.kontor.gateway.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kontor.proto.identity.Tokens;
import io.swagger.v3.oas.annotations.media.Schema;

/** Tokens. Their member names are those of OAuth 2 and therefore not in camelCase. */
@Schema(name = "Tokens")
record TokensJson(
        @JsonProperty("access_token") String accessToken,

        @JsonProperty("refresh_token") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String refreshToken,

        @Schema(description = "To send with the next sign-in, so that wrong passwords of others do not block it")
        @JsonProperty("device_token")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String deviceToken,

        @JsonProperty("token_type") String tokenType,

        @JsonProperty("expires_in") @Schema(description = "Seconds")
        long expiresIn) {

    static TokensJson of(Tokens tokens) {
        return new TokensJson(
                tokens.getAccessToken(),
                orNull(tokens.getRefreshToken()),
                orNull(tokens.getDeviceToken()),
                "Bearer",
                tokens.getExpiresInSeconds());
    }

    private static String orNull(String token) {
        return token.isEmpty() ? null : token;
    }

    /** Keeps tokens out of logs. */
    @Override
    public String toString() {
        return "TokensJson[...]";
    }
}
