package dev.kontor.standalone.operations;

import dev.kontor.query.operations.ViewProgress;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready only when every view shows what the log held at start: before that a read could miss what was acknowledged. */
@Component("viewsHealthIndicator")
class ViewsHealth implements HealthIndicator {

    private final ViewProgress progress;

    ViewsHealth(ViewProgress progress) {
        this.progress = progress;
    }

    @Override
    public Health health() {
        return progress.caughtUp() ? Health.up().build() : Health.outOfService().build();
    }
}
