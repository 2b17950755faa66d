package dev.kontor.standalone;

import dev.kontor.command.CommandSide;
import dev.kontor.gateway.Gateway;
import dev.kontor.query.QuerySide;
import dev.kontor.side.Side;
import dev.kontor.standalone.tools.Tools;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** All of Kontor in one JVM, on embedded stores. */
@SpringBootApplication
@Import({Side.class, CommandSide.class, QuerySide.class, Gateway.class})
public class Kontor {

    public static void main(String[] arguments) {
        // A tool does its work and ends; nothing of the server is started for it.
        Tools.run(arguments).ifPresentOrElse(System::exit, () -> SpringApplication.run(Kontor.class, arguments));
    }
}
