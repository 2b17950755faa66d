package dev.kontor.gateway.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kontor.proto.identity.Tokens;
import io.swagger.v3.oas.annotations.media.Schema;

/** Tokens in the words of OAuth 2, which is why their names are not in camelCase. */
@Schema(name = "Tokens")
record TokensJson(
        @JsonProperty("access_token") String accessToken,

        @JsonProperty("refresh_token") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String refreshToken,

        @Schema(
                description =
                        "Of a sign-in: to be shown at the next one, so that the wrong passwords of others do not keep one out")
        @JsonProperty("device_token")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String deviceToken,

        @JsonProperty("token_type") String tokenType,

        @JsonProperty("expires_in") @Schema(description = "Seconds")
        long expiresIn) {

    static TokensJson of(Tokens tokens) {
        return new TokensJson(
                tokens.getAccessToken(),
                tokens.getRefreshToken(),
                tokens.getDeviceToken(),
                "Bearer",
                tokens.getExpiresInSeconds());
    }

    /** Tokens belong into no log. */
    @Override
    public String toString() {
        return "TokensJson[...]";
    }
}
