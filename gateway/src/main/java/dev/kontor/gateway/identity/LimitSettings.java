package dev.kontor.gateway.identity;

import dev.kontor.grpc.platform.Rate;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Rate limits of authentication, see {@link Rate}. The defaults stop guessing, and allow for a family, an office or a
 * school behind one address.
 */
@ConfigurationProperties(prefix = "kontor.limits", ignoreUnknownFields = false)
record LimitSettings(
        @DefaultValue SignUp signUp,
        @DefaultValue SignIn signIn,
        @DefaultValue Refresh refresh,
        @DefaultValue Password password) {

    record SignUp(@DefaultValue("20/1m") Rate perAddress) {}

    /** The command side, which knows the accounts, counts wrong passwords. */
    record SignIn(@DefaultValue("100/1m") Rate perAddress) {}

    /** @param perAccount by the session of the token */
    record Refresh(
            @DefaultValue("300/1m") Rate perAddress,
            @DefaultValue("30/1m") Rate perAccount) {}

    record Password(@DefaultValue("10/1m") Rate perAccount) {}
}
