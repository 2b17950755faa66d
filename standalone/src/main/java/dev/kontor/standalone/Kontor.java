package dev.kontor.standalone;

import dev.kontor.command.CommandSide;
import dev.kontor.gateway.Gateway;
import dev.kontor.grpc.platform.ExitCodeOnSignal;
import dev.kontor.grpc.platform.SettingsFilter;
import dev.kontor.query.QuerySide;
import dev.kontor.side.Side;
import dev.kontor.standalone.tools.Tools;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** All of Kontor in one process, on embedded stores. */
@SpringBootApplication(proxyBeanMethods = false)
@Import({Side.class, CommandSide.class, QuerySide.class, Gateway.class})
public class Kontor {

    public static void main(String[] arguments) {
        SettingsFilter.useOneLocale();
        // A tool runs without any part of the server.
        Tools.run(arguments).ifPresentOrElse(System::exit, () -> application().run(arguments));
    }

    private static SpringApplication application() {
        SpringApplication application = new SpringApplication(Kontor.class);
        application.setDefaultProperties(Map.of(SettingsFilter.CONFIG_LOCATION, SettingsFilter.IN_THE_JAR));
        application.addListeners(SettingsFilter.ofOneProcess(), new ExitCodeOnSignal());
        return application;
    }
}
