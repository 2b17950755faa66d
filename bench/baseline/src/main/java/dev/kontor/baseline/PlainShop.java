package dev.kontor.baseline;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/** A shop as most teams would write it: REST, SQL, one transaction per call. Its database is in its settings. */
@SpringBootApplication
public class PlainShop {

    public static void main(String[] arguments) {
        SpringApplication.run(PlainShop.class, arguments);
    }

    /** The benchmark reads this line. */
    @EventListener
    void started(WebServerInitializedEvent event) {
        System.out.println("port " + event.getWebServer().getPort());
    }
}
