package dev.kontor.command.catalog;

import dev.kontor.grpc.platform.Listeners;
import dev.kontor.grpc.platform.StartException;
import java.util.List;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses a start that would expose the demo accounts, whose password is public, to other machines without consent. */
@Component
class DemoListeners {

    private static final List<String> ADDRESSES = List.of("server.address", "spring.grpc.server.address");

    DemoListeners(Environment settings) {
        if (!settings.getProperty("kontor.demo", Boolean.class, false)
                || settings.getProperty("kontor.demo-for-everyone", Boolean.class, false)) {
            return;
        }
        for (String name : ADDRESSES) {
            String address = settings.getProperty(name);
            if (address != null && !Listeners.isLoopback(address)) {
                throw new StartException(
                        ("The password of the demo accounts is public, and other machines reach %s (%s). Listen on"
                                        + " 127.0.0.1, leave the demo out, or allow it with --demo-for-everyone (setting"
                                        + " kontor.demo-for-everyone=true)")
                                .formatted(address, name));
            }
        }
    }
}
