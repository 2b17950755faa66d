package dev.kontor.gateway.platform;

import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Redirects a browser to the Swagger UI. */
@Hidden
@RestController
class HomeRedirect {

    @GetMapping({"/", "/swagger-ui", "/swagger-ui/"})
    ResponseEntity<Void> toTheApi() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create("/swagger-ui/index.html"))
                .build();
    }
}
