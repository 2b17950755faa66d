package dev.kontor.standalone.platform;

import dev.kontor.query.operations.ViewProgress;
import dev.kontor.store.documents.ViewFiles;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Ready only when every view shows the log as of the start: before, a read could miss acknowledged events. Not ready
 * after damage to the views, until a restart has read them from the log again.
 */
@Component("viewsHealthIndicator")
class ViewsHealth implements HealthIndicator {

    private final ViewProgress progress;
    private final ViewFiles files;

    ViewsHealth(ViewProgress progress, ViewFiles files) {
        this.progress = progress;
        this.files = files;
    }

    @Override
    public Health health() {
        if (files.damage().isPresent()) {
            return Health.outOfService()
                    .withDetail("damage", files.damage().get())
                    .build();
        }
        return progress.caughtUp() ? Health.up().build() : Health.outOfService().build();
    }
}
