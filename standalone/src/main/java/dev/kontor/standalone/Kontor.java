package dev.kontor.standalone;

import dev.kontor.command.CommandSide;
import dev.kontor.gateway.Gateway;
import dev.kontor.query.QuerySide;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** All of Kontor in one JVM, on embedded stores. */
@SpringBootApplication
@Import({CommandSide.class, QuerySide.class, Gateway.class})
public class Kontor {

    public static void main(String[] arguments) {
        SpringApplication.run(Kontor.class, arguments);
    }
}
