package dev.kontor.standalone.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.store.Book;
import dev.kontor.store.BookException;
import dev.kontor.store.BookFullException;
import dev.kontor.store.BookSettings;
import dev.kontor.store.BookState;
import dev.kontor.store.BookWatcher;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import java.nio.file.Path;
import java.time.Duration;
import org.axonframework.commandhandling.CommandExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

/** What clients are told of the book's troubles. */
class BookFailuresTest {

    @TempDir
    Path folder;

    private static Throwable failureOf(Runnable write) {
        try {
            write.run();
        } catch (RuntimeException e) {
            return e;
        }
        throw new AssertionError("nothing failed");
    }

    private static Throwable asCommandsFail(Throwable failure) {
        return new CommandExecutionException("failed", failure);
    }

    @Test
    void a_full_disk_is_said_to_be_full_and_is_not_down() {
        try (Book book = Book.open(folder, BookWatcher.NONE, BookSettings.DEFAULT.withReserveBytes(Long.MAX_VALUE))) {
            Throwable failure = failureOf(() -> book.column("rows").put("key", new byte[1]));
            Refused told = new BookFailures().translate(asCommandsFail(failure));

            assertThat(failure).isInstanceOf(BookFullException.class);
            assertThat(told.problem()).isEqualTo(Problem.STORAGE_FULL);
            assertThat(told.detail()).contains("goes on by itself").doesNotContain(folder.toString());
            assertThat(book.state()).isEqualTo(BookState.FULL);
            assertThat(new BookHealth(book).health().getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void a_book_that_has_stopped_is_down_and_asks_for_a_restart() {
        BookWatcher failing = new BookWatcher() {
            @Override
            public void written(Group group, Duration took) {
                throw new IllegalStateException("the disk is gone");
            }
        };
        try (Book book = Book.open(folder, failing)) {
            assertThat(new BookHealth(book).health().getStatus()).isEqualTo(Status.UP);
            Throwable failure = failureOf(() -> book.column("rows").put("key", new byte[1]));
            Refused told = new BookFailures().translate(asCommandsFail(failure));

            assertThat(told.problem()).isEqualTo(Problem.STORAGE_FAILED);
            assertThat(told.detail()).contains("restarted").doesNotContain("the disk is gone");
            assertThat(book.state()).isEqualTo(BookState.STOPPED);
            assertThat(new BookHealth(book).health().getStatus()).isEqualTo(Status.DOWN);
        }
    }

    @Test
    void a_book_that_cannot_be_read_is_told_without_what_is_wrong_with_which_file() {
        Book book = Book.open(folder);
        book.close();
        Throwable failure = failureOf(() -> book.column("rows"));

        assertThat(failure).isInstanceOf(BookException.class);
        assertThat(new BookFailures().translate(failure).problem()).isEqualTo(Problem.STORAGE_FAILED);
        assertThat(new BookHealth(book).health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void what_is_not_the_books_is_left_to_others() {
        assertThat(new BookFailures().translate(new IllegalStateException("other")))
                .isNull();
    }
}
