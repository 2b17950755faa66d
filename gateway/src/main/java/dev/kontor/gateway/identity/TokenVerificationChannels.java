package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.gateway.platform.SideTargets;
import io.grpc.Channel;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The channels to the sides, which verify tokens. In the standalone process both sides share one channel. */
@Component
final class TokenVerificationChannels {

    private final List<Channel> channels;

    @Autowired
    TokenVerificationChannels(
            @CommandSideChannel Channel commandSide, @QuerySideChannel Channel querySide, SideTargets targets) {
        this(targets.areOne() ? List.of(commandSide) : List.of(commandSide, querySide));
    }

    TokenVerificationChannels(List<? extends Channel> channels) {
        this.channels = List.copyOf(channels);
    }

    List<Channel> channels() {
        return channels;
    }
}
