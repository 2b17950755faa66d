package dev.kontor.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RenewedTokenTest {

    private static final long FRESH = RenewedToken.FRESH.toNanos();

    private final AtomicLong nanos = new AtomicLong(-5);
    private final AtomicInteger signIns = new AtomicInteger();
    private boolean signsIn = true;
    private final RenewedToken token = new RenewedToken("token 0", this::signIn, nanos::get);

    private Optional<String> signIn() {
        String next = "token " + signIns.incrementAndGet();
        return signsIn ? Optional.of(next) : Optional.empty();
    }

    private String after(long passed) {
        nanos.addAndGet(passed);
        return token.get();
    }

    @Test
    void one_that_is_old_is_renewed_and_a_fresh_one_is_not() {
        assertThat(token.get()).isEqualTo("token 0");
        assertThat(after(FRESH - 1)).isEqualTo("token 0");
        assertThat(after(1)).isEqualTo("token 1");
        assertThat(after(FRESH - 1)).isEqualTo("token 1");
        assertThat(after(1)).isEqualTo("token 2");
    }

    @Test
    void if_the_sign_in_fails_the_old_token_is_used_until_it_succeeds() {
        signsIn = false;
        assertThat(after(FRESH)).isEqualTo("token 0");

        signsIn = true;
        assertThat(after(0)).isEqualTo("token 2");
    }
}
