package dev.kontor.query.operations;

import dev.kontor.query.QuerySide;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.query.platform.ViewWriter;
import dev.kontor.query.platform.Views;
import dev.kontor.side.platform.DeadLetters;
import dev.kontor.side.platform.SpringProfiles;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.lifecycle.Phase;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Rebuilds of views where one process feeds them: each into a new generation, while readers see the one before. A view
 * that is outside the view store is rebuilt in its place.
 */
@Component
@Primary
@Profile("!" + SpringProfiles.DISTRIBUTED)
class GenerationRebuilds implements Rebuilds {

    private final Map<View, ViewRebuild> rebuilds = new LinkedHashMap<>();
    private final LocalRebuilds local;
    private final ViewProgress progress;

    GenerationRebuilds(
            Views views,
            ViewStore store,
            ViewWriter writer,
            Processors processors,
            OtherProcessors others,
            @Qualifier(QuerySide.LETTERS) DeadLetters letters,
            LocalRebuilds local,
            ViewProgress progress) {
        views.stored()
                .forEach(view ->
                        rebuilds.put(view, new ViewRebuild(view, store, writer, processors, others.of(view), letters)));
        this.local = local;
        this.progress = progress;
    }

    /** Other generations go on when the live ones do, and stop with them. */
    @Bean
    static ConfigurerModule otherGenerations(ObjectProvider<GenerationRebuilds> all) {
        return configurer -> {
            configurer.onStart(
                    Phase.INBOUND_EVENT_CONNECTORS,
                    () -> all.getObject().rebuilds.values().forEach(ViewRebuild::continueAfterStart));
            configurer.onShutdown(
                    Phase.INBOUND_EVENT_CONNECTORS,
                    () -> all.getObject().rebuilds.values().forEach(ViewRebuild::close));
        };
    }

    @Override
    public void begin(View view, Plan plan) {
        if (view.isLocal()) {
            local.begin(view, plan);
        } else {
            rebuilds.get(view).begin(plan);
        }
    }

    @Override
    public ViewBuild.Progress of(View view) {
        if (view.isLocal()) {
            return local.of(view);
        }
        ViewBuild.Progress last = rebuilds.get(view).progress();
        return last != null ? last : progress.of(view);
    }

    @Override
    public long live(View view) {
        return view.isLocal() ? local.live(view) : rebuilds.get(view).live();
    }

    @Override
    public OtherGeneration other(View view) {
        return view.isLocal() ? OtherGeneration.NONE : rebuilds.get(view).other();
    }

    @Override
    public void pause(View view) {
        stored(view).pause();
    }

    @Override
    public void resume(View view) {
        stored(view).resume();
    }

    @Override
    public void switchOver(View view) {
        stored(view).switchOver();
    }

    @Override
    public void drop(View view) {
        stored(view).drop();
    }

    private ViewRebuild stored(View view) {
        if (view.isLocal()) {
            throw Rebuilds.wrongState();
        }
        return rebuilds.get(view);
    }
}
