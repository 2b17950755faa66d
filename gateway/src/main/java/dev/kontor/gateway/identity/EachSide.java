package dev.kontor.gateway.identity;

import dev.kontor.gateway.operations.CommandSide;
import dev.kontor.gateway.operations.QuerySide;
import dev.kontor.gateway.operations.SideTargets;
import io.grpc.Channel;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** A channel to each side that verifies tokens. In the one JVM both are one server, and one channel leads to it. */
@Component
final class EachSide {

    private final List<Channel> channels;

    @Autowired
    EachSide(@CommandSide Channel commandSide, @QuerySide Channel querySide, SideTargets targets) {
        this(targets.areOne() ? List.of(commandSide) : List.of(commandSide, querySide));
    }

    EachSide(List<? extends Channel> channels) {
        this.channels = List.copyOf(channels);
    }

    List<Channel> channels() {
        return channels;
    }
}
