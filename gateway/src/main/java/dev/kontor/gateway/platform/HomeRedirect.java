package dev.kontor.gateway.platform;

import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Redirects a browser to the pages that describe the API. */
@Hidden
@RestController
class HomeRedirect {

    @GetMapping({"/", "/swagger-ui", "/swagger-ui/"})
    ResponseEntity<Void> toTheApi() {
        return to("/swagger-ui/index.html");
    }

    @GetMapping({"/redoc", "/redoc/"})
    ResponseEntity<Void> toRedoc() {
        return to("/redoc/index.html");
    }

    private static ResponseEntity<Void> to(String page) {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create(page))
                .build();
    }
}
