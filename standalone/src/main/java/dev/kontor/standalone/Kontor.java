package dev.kontor.standalone;

import dev.kontor.command.CommandSide;
import dev.kontor.gateway.Gateway;
import dev.kontor.query.QuerySide;
import dev.kontor.side.Side;
import dev.kontor.standalone.tools.Tools;
import dev.kontor.wire.operations.CleanStop;
import dev.kontor.wire.operations.OwnSettings;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** All of Kontor in one JVM, on embedded stores. */
@SpringBootApplication
@Import({Side.class, CommandSide.class, QuerySide.class, Gateway.class})
public class Kontor {

    public static void main(String[] arguments) {
        OwnSettings.useOneLocale();
        // A tool does its work and ends; nothing of the server is started for it.
        Tools.run(arguments).ifPresentOrElse(System::exit, () -> application().run(arguments));
    }

    private static SpringApplication application() {
        SpringApplication application = new SpringApplication(Kontor.class);
        application.setDefaultProperties(Map.of(OwnSettings.CONFIG_LOCATION, OwnSettings.IN_THE_JAR));
        application.addListeners(OwnSettings.ofOneProcess(), new CleanStop());
        return application;
    }
}
