package dev.kontor.gateway.identity;

import dev.kontor.grpc.platform.Rate;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Rate limits, see {@link Rate}. Those of authentication stop guessing, and allow for a family, an office or a school
 * behind one address. Those of all calls are far above what a shop's front end sends.
 */
@ConfigurationProperties(prefix = "kontor.limits", ignoreUnknownFields = false)
record LimitSettings(
        @DefaultValue SignUp signUp,
        @DefaultValue SignIn signIn,
        @DefaultValue Refresh refresh,
        @DefaultValue Password password,
        @DefaultValue Quote quote,
        @DefaultValue Calls calls) {

    record SignUp(@DefaultValue("20/1m") Rate perAddress) {}

    /** The command side, which knows the accounts, counts wrong passwords. */
    record SignIn(@DefaultValue("100/1m") Rate perAddress) {}

    /** @param perAccount by the session of the token */
    record Refresh(
            @DefaultValue("300/1m") Rate perAddress,
            @DefaultValue("30/1m") Rate perAccount) {}

    record Password(@DefaultValue("10/1m") Rate perAccount) {}

    /** Prices for guests, whose answer needs up to 100 products. */
    record Quote(@DefaultValue("6000/1m") Rate perAddress) {}

    /** Every call, in addition to its own limit. */
    record Calls(
            @DefaultValue("300000/10s") Rate perAddress,
            @DefaultValue("20000/10s") Rate perCustomer) {}
}
