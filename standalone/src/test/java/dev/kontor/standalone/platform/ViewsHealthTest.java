package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import dev.kontor.query.operations.ViewProgress;
import dev.kontor.store.documents.ViewFiles;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class ViewsHealthTest {

    private final ViewProgress progress = mock(ViewProgress.class);
    private final ViewFiles files = mock(ViewFiles.class);
    private final ViewsHealth health = new ViewsHealth(progress, files);

    @Test
    void while_a_view_is_behind_the_process_is_not_ready() {
        given(progress.caughtUp()).willReturn(false);

        assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void once_the_views_have_caught_up_the_process_is_healthy() {
        given(progress.caughtUp()).willReturn(true);

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void damaged_views_are_unhealthy_however_far_they_have_read() {
        given(progress.caughtUp()).willReturn(true);
        given(files.damage()).willReturn(Optional.of("a block"));

        assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.health().getDetails()).containsEntry("damage", "a block");
    }
}
