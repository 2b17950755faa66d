package dev.kontor.gateway.platform;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * GraphiQL, for developers. Its scripts are those of this gateway: the page may load nothing else, call nothing else and
 * be shown in no other page. The token is typed into the page and not stored.
 */
@Hidden
@RestController
class GraphiQlPage {

    private static final String FOLDER = "dev/kontor/gateway/graphiql/";

    private final boolean isEnabled;

    GraphiQlPage(@Value("${kontor.graphiql.enabled}") boolean isEnabled) {
        this.isEnabled = isEnabled;
    }

    @GetMapping("/graphiql")
    ResponseEntity<byte[]> page() throws IOException, NoResourceFoundException {
        return file("index.html", MediaType.TEXT_HTML);
    }

    @GetMapping("/graphiql/page.js")
    ResponseEntity<byte[]> script() throws IOException, NoResourceFoundException {
        return file("page.js", MediaType.valueOf("text/javascript"));
    }

    @GetMapping("/graphiql/page.css")
    ResponseEntity<byte[]> style() throws IOException, NoResourceFoundException {
        return file("page.css", MediaType.valueOf("text/css"));
    }

    @GetMapping({"/graphiql/", "/graphiql/index.html"})
    ResponseEntity<Void> redirect() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create("/graphiql"))
                .build();
    }

    private ResponseEntity<byte[]> file(String name, MediaType type) throws IOException, NoResourceFoundException {
        if (!isEnabled) {
            throw new NoResourceFoundException(HttpMethod.GET, "/graphiql", name);
        }
        return ResponseEntity.ok().contentType(type).body(new ClassPathResource(FOLDER + name).getContentAsByteArray());
    }
}
