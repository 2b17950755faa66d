package dev.kontor.standalone.operations;

import dev.kontor.store.Book;
import dev.kontor.store.BookState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down once a write has failed: only a restart helps. A full disk is not down: reads go on, and so do writes in time. */
@Component("bookHealthIndicator")
class BookHealth implements HealthIndicator {

    private final Book book;

    BookHealth(Book book) {
        this.book = book;
    }

    @Override
    public Health health() {
        BookState state = book.state();
        return switch (state) {
            case OPEN, FULL -> Health.up().withDetail("book", state).build();
            case STOPPED, CLOSED -> Health.down().withDetail("book", state).build();
        };
    }
}
