package dev.kontor.gateway.identity;

import dev.kontor.grpc.platform.Rate;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often somebody may try to prove who they are, see {@link Rate}. What is set is what a family, an office or a school
 * behind one address does not notice, and somebody who guesses does.
 */
@ConfigurationProperties(prefix = "kontor.limits", ignoreUnknownFields = false)
record LimitSettings(
        @DefaultValue SignUp signUp,
        @DefaultValue SignIn signIn,
        @DefaultValue Refresh refresh,
        @DefaultValue Password password) {

    record SignUp(@DefaultValue("20/1m") Rate perAddress) {}

    /** Wrong passwords are counted by the command side, which knows whose they are. */
    record SignIn(@DefaultValue("100/1m") Rate perAddress) {}

    /** @param perAccount by the session that the token is of */
    record Refresh(
            @DefaultValue("300/1m") Rate perAddress,
            @DefaultValue("30/1m") Rate perAccount) {}

    record Password(@DefaultValue("10/1m") Rate perAccount) {}
}
