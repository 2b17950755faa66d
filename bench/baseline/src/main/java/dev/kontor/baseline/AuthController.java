package dev.kontor.baseline;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/api/v1/auth")
class AuthController {

    /** Longer than a measurement: there are no refresh tokens. */
    private static final Duration LIFETIME = Duration.ofDays(2);

    private final JdbcClient jdbc;
    private final PasswordEncoder passwords;
    private final JwtEncoder signer;

    AuthController(JdbcClient jdbc, PasswordEncoder passwords, JwtEncoder signer) {
        this.jdbc = jdbc;
        this.passwords = passwords;
        this.signer = signer;
    }

    record SignUp(String email, String password, String name) {}

    record SignedUp(UUID id, String email, String name, String role) {}

    record SignIn(String email, String password) {}

    record Tokens(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") long expiresIn) {}

    private record Account(UUID id, String password) {}

    @PostMapping("/signup")
    @ResponseStatus(HttpStatus.CREATED)
    SignedUp signUp(@RequestBody SignUp signUp) {
        UUID id = UUID.randomUUID();
        int added = jdbc.sql("INSERT INTO customer (id, email, password, name) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (email) DO NOTHING")
                .params(id, signUp.email(), passwords.encode(signUp.password()), signUp.name())
                .update();
        if (added == 0) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "The e-mail is taken");
        }
        return new SignedUp(id, signUp.email(), signUp.name(), "CUSTOMER");
    }

    @PostMapping("/signin")
    Tokens signIn(@RequestBody SignIn signIn) {
        Account account = jdbc.sql("SELECT id, password FROM customer WHERE email = ?")
                .param(signIn.email())
                .query(Account.class)
                .optional()
                .filter(found -> passwords.matches(signIn.password(), found.password()))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.UNAUTHORIZED));
        Instant now = Instant.now();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .issuer("plain-shop")
                .subject(account.id().toString())
                .issuedAt(now)
                .expiresAt(now.plus(LIFETIME))
                .claim("role", "CUSTOMER")
                .build();
        JwsHeader header = JwsHeader.with(SignatureAlgorithm.RS256).build();
        String token = signer.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
        return new Tokens(token, "Bearer", LIFETIME.toSeconds());
    }
}
